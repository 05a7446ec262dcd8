/* The beginning, where script runs: look at the passphrase one types, propose the device's zone. */
for (const tick of document.querySelectorAll("input[data-shows]")) {
  const field = document.getElementById(tick.dataset.shows);
  const follow = () => { field.type = tick.checked ? "text" : "password"; };
  tick.closest("label").hidden = false;
  tick.addEventListener("change", follow);
  field.form.addEventListener("submit", () => { field.type = "password"; });
}
const zone = document.querySelector("input[data-proposes-zone]");
if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
