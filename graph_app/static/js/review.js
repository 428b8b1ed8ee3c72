// Deciding by keyboard: m merges, k keeps apart, l puts off. Where much speaks against merging, m leads to the box first.
const form = document.querySelector("form[data-review]");
const AGAIN = 4000; // milliseconds after which a list that is still looked for is asked for again

if (document.querySelector("[data-searching]")) setTimeout(() => location.reload(), AGAIN);

document.addEventListener("keydown", (event) => {
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, dialog[open]")) return;
  const button = form.querySelector(`[data-key="${CSS.escape(keyOf(event))}"]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  const box = form.querySelector("[name=insists]");
  if (button.dataset.key === "m" && box && !box.checked) box.focus();
  else button.click();
});

/** The letter on the key, whichever language the keyboard is in. */
function keyOf(event) {
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
}
