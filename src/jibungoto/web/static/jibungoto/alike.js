/* Answering proposals by key, while the box beside the list is ticked and nobody is typing. */
const KEPT = "jibungoto-answer-by-key";
const TAKEN = new Set();

const cards = () => [...document.querySelectorAll("#pairs > .pair")];
const here = () => document.activeElement?.closest?.("#pairs > .pair")
  ?? document.querySelector("#pairs > .pair[data-here]");

function go(card) {
  for (const one of document.querySelectorAll("#pairs > [data-here]")) delete one.dataset.here;
  if (!card) return;
  card.dataset.here = "";
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = cards();
  const at = all.indexOf(here());
  go(at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function answer(key) {
  const card = here() ?? cards()[0];
  const button = card?.querySelector(`button[data-key="${key}"]`);
  if (!button || TAKEN.has(card.id)) return;
  TAKEN.add(card.id);
  const all = cards();
  const at = all.indexOf(card);
  go(all.slice(at + 1).concat(all.slice(0, at)).find((one) => !TAKEN.has(one.id)));
  button.click();
}

function pressed(event) {
  const box = document.getElementById("by-key");
  if (!box?.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "u") document.getElementById("take-back")?.click();
  else if ("arl".includes(key) && key.length === 1) answer(key);
  else return;
  event.preventDefault();
}

function begin() {
  TAKEN.clear();
  const keys = document.getElementById("keys");
  if (!keys) return;
  keys.hidden = false;
  const box = document.getElementById("by-key");
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
}

document.addEventListener("keydown", pressed);
document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.("#pairs > .pair");
  if (card && !("here" in card.dataset)) {
    for (const one of document.querySelectorAll("#pairs > [data-here]")) delete one.dataset.here;
    card.dataset.here = "";
  }
});
document.addEventListener("htmx:after:settle", () => {
  if (document.getElementById("keys")?.hidden) begin();
});
begin();
