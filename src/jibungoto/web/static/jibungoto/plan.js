/* The editor of a plan: what is on its way carries the newest stamp, and the page says what is not
   saved yet. Saving itself is htmx's; without script the button does it. */
const form = document.getElementById("plan");
const status = () => document.getElementById("plan-status");
const stamp = () => status()?.querySelector("input[name=stamp]")?.value;

function said(what) {
  const words = status()?.querySelector("span");
  if (words) words.textContent = status().dataset[what] ?? "";
}

/* Set where a request is sent, not by an event: what waits in the queue may be of a field that was drawn
   anew meanwhile. Such a one sends nothing: the page shows what the field in its place says. */
function sent(source, action, request) {
  if (!source.isConnected) return Promise.resolve(new Response(null, { status: 204 }));
  if (request.body?.has?.("stamp")) request.body.set("stamp", stamp());
  return fetch(action, request);
}
document.addEventListener("htmx:config:request", (event) => {
  const ctx = event.detail.ctx;
  if (form?.contains(ctx.sourceElement)) ctx.fetch = (action, request) => sent(ctx.sourceElement, action, request);
});
/* A field drawn anew keeps the height somebody gave it. Styles are set by script: as attributes, which
   is how a swap would carry them over, the policy of the page refuses them. */
let sizes = [];
document.addEventListener("htmx:before:swap", () => {
  sizes = [...document.querySelectorAll("#plan [id][style]")].map((one) => [one.id, one.style.cssText]);
  for (const [id] of sizes) document.getElementById(id).removeAttribute("style");
});
document.addEventListener("htmx:after:swap", () => {
  for (const [id, text] of sizes) document.getElementById(id)?.style.setProperty("height", heightIn(text));
});
const heightIn = (text) => /(?:^|;)\s*height:\s*([^;]+)/.exec(text)?.[1] ?? "";
for (const failure of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(failure, () => said("fails"));
}
form?.addEventListener("input", () => said("waits"));
addEventListener("beforeunload", (event) => {
  if (status()?.querySelector("span")?.textContent === status()?.dataset.waits && !leaving) event.preventDefault();
});
let leaving = false;
form?.addEventListener("submit", () => { leaving = true; });
