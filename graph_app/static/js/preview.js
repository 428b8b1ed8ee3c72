// The details of a row beside the list: a click on the row, or P where the row holds the focus. The link stays a link.
import { piece } from "./ask.js";

const aside = document.querySelector(".preview");
const content = aside.querySelector(".content");
let from = null;

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-preview]");
  if (row && !event.target.closest("a, button, summary, input, select") && !String(getSelection())) show(row);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const row = event.target.closest("[data-preview]");
  if (event.code === "KeyP" && row) show(row);
  if (event.key === "Escape" && !aside.hidden) close();
});

aside.querySelector(".close").addEventListener("click", close);

async function show(row) {
  from?.removeAttribute("aria-selected");
  from = row;
  if (row.tagName === "TR") row.setAttribute("aria-selected", "true");
  aside.hidden = false;
  const found = await piece(`/entities/${encodeURIComponent(row.dataset.preview)}/panel`);
  if (row === from) content.replaceChildren(...found);
}

function close() {
  aside.hidden = true;
  from?.removeAttribute("aria-selected");
  from?.querySelector("a")?.focus();
  from = null;
}
