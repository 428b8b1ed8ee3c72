// A passage is selected in the text and goes into the form; the text stays where it is.
import { digits, fill } from "./dom.js";

const SHOWN = 60; // letters of the passage that are said
const form = document.querySelector(".taking form");
const told = document.querySelector("#told-passage");
const lines = document.querySelector(".lines");
const [line, until, quote] = ["line", "until", "quote"].map((name) => form.elements[name]);
const keep = form.querySelector(".keep");

/** Return the part of the selection that stands in `words`. */
function selected(words, range) {
  const part = document.createRange();
  part.selectNodeContents(words);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}

/** Put a passage into the form, and into the links to the other kinds, and say it. */
function take(first, last, words) {
  [line.value, until.value, quote.value] = [digits(first), last === first ? "" : digits(last), words];
  for (const item of lines.children) item.classList.toggle("current", item.dataset.line >= first && item.dataset.line <= last);
  for (const link of form.closest("section").querySelectorAll("[data-kind]")) {
    const address = new URL(link.href);
    for (const [name, value] of [["line", first], ["until", last === first ? "" : last], ["quote", words]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    address.hash = `line-${first}`;
    link.href = address.href;
  }
  const short = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
  told.textContent = fill(told.dataset.told, { line: digits(first), words: short });
}

function read() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const found = [...lines.querySelectorAll(".words")].filter((words) => range.intersectsNode(words))
    .map((words) => [Number(words.parentElement.dataset.line), selected(words, range).trim()]).filter(([, words]) => words);
  if (found.length) take(found[0][0], found.at(-1)[0], found.map(([, words]) => words).join(" "));
}

lines.addEventListener("mouseup", () => setTimeout(read)); // the selection is set after the event
lines.addEventListener("keyup", (event) => event.shiftKey && read());
lines.addEventListener("click", (event) => {
  const number = event.target.closest("a.number");
  if (!number || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const item = number.parentElement;
  const at = Number(item.dataset.line);
  take(at, at, item.querySelector(".words").textContent.trim().replace(/\s+/g, " "));
  quote.focus({ preventScroll: true });
});

keep.hidden = false;
keep.addEventListener("click", () => {
  const words = quote.value.slice(quote.selectionStart, quote.selectionEnd).trim();
  if (words) quote.value = words;
  quote.focus();
});

for (const list of form.querySelectorAll(".offered")) list.hidden = false;
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-into]");
  if (!button) return;
  const input = document.getElementById(button.dataset.into);
  [input.value, input.dataset.id] = [button.dataset.name, button.dataset.id];
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
});
