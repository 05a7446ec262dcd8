/* The editor of a plan: what is on its way says what the page says, and the page says what is not
   saved yet. Saving itself is htmx's; without script the button does it. */
const form = document.getElementById("plan");
const status = () => document.getElementById("plan-status");

function said(what) {
  const words = status()?.querySelector("span");
  if (words) words.textContent = status().dataset[what] ?? "";
}

/* What was entered since the last request was sent, by the name of its field: while that is on its way
   somebody writes on, and the field may be drawn anew beneath their hands. */
const late = new Map();
const nameOf = (field) => (field.type === "checkbox" ? `${field.name}=${field.value}` : field.name);
form?.addEventListener("input", ({ target }) => { late.set(nameOf(target), target); said("waits"); }, true);

/* An answer waits for a pause: half a date, or a word that is still being composed, would be lost with its
   field. What was typed by then is in ``late``. */
const PAUSE = 500;
let typed = 0;
form?.addEventListener("keydown", (event) => { if (!event.isComposing) typed = Date.now(); }, true);
form?.addEventListener("compositionstart", () => { typed = Infinity; });
form?.addEventListener("compositionend", () => { typed = Date.now(); });
let ledTo = "";
async function paused(answer) {
  while (!leaving && Date.now() - typed < PAUSE) await new Promise((go) => setTimeout(go, 50));
  ledTo = answer.headers.get("HX-Redirect") ?? ""; // to one's own draft: what is saved stands there
  if (ledTo) leaving = true;
  return answer;
}

/* Set where a request is sent, not by an event: what waits in the queue is sent as the page says then, with
   the newest stamp. Nothing is sent for a choice that was drawn anew, while a later one waits for its turn,
   or on the way to one's own draft. */
async function sent(source, action, request) {
  const waits = source === form && [...late.values()].some((field) => field.matches("[hx-post]"));
  if (!source.isConnected || waits || ledTo) return new Response(null, { status: 204 });
  request.body = new URLSearchParams(new FormData(form));
  late.clear();
  flying += 1;
  return paused(await fetch(action, request));
}
document.addEventListener("htmx:config:request", (event) => {
  const ctx = event.detail.ctx;
  if (form?.contains(ctx.sourceElement)) ctx.fetch = (action, request) => sent(ctx.sourceElement, action, request);
});
/* A field drawn anew is given what was entered meanwhile, which is saved then. */
const fieldNamed = (name) => [...form.elements].find((one) => nameOf(one) === name && one.type !== "hidden");
function given(field, { checked, value }) {
  if (field.type === "checkbox") field.checked = checked;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
function givenAgain() {
  for (const [name, entered] of late) {
    const field = fieldNamed(name);
    if (field === entered) continue;
    late.delete(name);
    if (field) given(field, entered);
  }
}
/* Led to one's own draft while writing on: what was entered since goes along, and is saved there. */
addEventListener("pagehide", () => {
  const entered = [...late].map(([name, { checked, value }]) => [name, { checked, value }]);
  if (ledTo && entered.length) sessionStorage.setItem(ledTo, JSON.stringify(entered));
});
document.addEventListener("htmx:after:process", () => {
  const here = location.pathname + location.search;
  const entered = JSON.parse(sessionStorage.getItem(here) ?? "[]");
  sessionStorage.removeItem(here);
  for (const [name, what] of entered) {
    const field = fieldNamed(name);
    if (field) given(field, what);
  }
}, { once: true });
/* A field drawn anew keeps the height somebody gave it. Styles are set by script: as attributes, which
   is how a swap would carry them over, the policy of the page refuses them. */
let sizes = [];
document.addEventListener("htmx:before:swap", () => {
  sizes = [...document.querySelectorAll("#plan [id][style]")].map((one) => [one.id, one.style.cssText]);
  for (const [id] of sizes) document.getElementById(id).removeAttribute("style");
});
document.addEventListener("htmx:after:swap", () => {
  for (const [id, text] of sizes) document.getElementById(id)?.style.setProperty("height", heightIn(text));
  if (late.size) { givenAgain(); said("waits"); }
});
const heightIn = (text) => /(?:^|;)\s*height:\s*([^;]+)/.exec(text)?.[1] ?? "";
for (const failure of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(failure, () => said("fails"));
}
addEventListener("beforeunload", (event) => {
  if (status()?.querySelector("span")?.textContent === status()?.dataset.waits && !leaving) event.preventDefault();
});
/* The button waits for what is on its way: its form would bring the stamp of before, as somebody else's does. */
let flying = 0, leaving = false, pressed = null;
document.addEventListener("htmx:finally:request", () => {
  flying = Math.max(0, flying - 1);
  if (pressed && !flying) pressed();
});
form?.addEventListener("submit", (event) => {
  leaving = true;
  if (!flying) return;
  event.preventDefault();
  pressed = () => { pressed = null; form.requestSubmit(event.submitter); };
});
