/* The editor of a plan: what is on its way carries the newest stamp, and the page says what is not
   saved yet. Saving itself is htmx's; without script the button does it. */
const form = document.getElementById("plan");
const status = () => document.getElementById("plan-status");
const stamp = () => status()?.querySelector("input[name=stamp]")?.value;

function said(what) {
  const words = status()?.querySelector("span");
  if (words) words.textContent = status().dataset[what] ?? "";
}

document.addEventListener("htmx:before:request", (event) => {
  const body = event.detail.ctx.request.body;
  if (form.contains(event.detail.ctx.sourceElement) && body?.has?.("stamp")) body.set("stamp", stamp());
});
for (const failure of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(failure, () => said("fails"));
}
form?.addEventListener("input", () => said("waits"));
addEventListener("beforeunload", (event) => {
  if (status()?.querySelector("span")?.textContent === status()?.dataset.waits && !leaving) event.preventDefault();
});
let leaving = false;
form?.addEventListener("submit", () => { leaving = true; });
