// A passage is selected in the text, by mouse or by its lines, and goes into the form; the text stays where it is.
import { digits, el, fill } from "./dom.js";

const SHOWN = 60; // letters of the passage that are said
const OFFERED = 8; // names below a field
const form = document.querySelector(".taking form");
const told = document.querySelector("#told-passage");
const lines = document.querySelector(".lines");
const numbers = [...lines.querySelectorAll("a.number")];
const [line, until, quote] = ["line", "until", "quote"].map((name) => form.elements[name]);
const keep = form.querySelector(".keep");
let at = [Number(lines.dataset.first), Number(lines.dataset.last)]; // the lines of the passage
let began = null; // the line from which it grows by keys

const lineOf = (number) => Number(number.parentElement.dataset.line);
const between = (first, last) => [...lines.children].filter(({ dataset }) => dataset.line >= first && dataset.line <= last);

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
  at = [first, last];
  [line.value, until.value, quote.value] = [digits(String(first)), last === first ? "" : digits(String(last)), words];
  const within = new Set(between(first, last));
  for (const item of lines.children) item.classList.toggle("current", within.has(item));
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
  told.textContent = fill(told.dataset.told, { line: digits(String(first)), words: short });
  offer([...within]);
}

/** Offer what these lines name below each field that can take it. */
function offer(items) {
  const named = new Map(items.flatMap(({ dataset }) => JSON.parse(dataset.named ?? "[]")).map((one) => [one[0], one]));
  for (const list of form.querySelectorAll(".offered")) {
    const wanted = document.getElementById(list.dataset.into).dataset.entityOf.split(",").filter(Boolean);
    const fitting = [...named.values()].filter(([, , labels]) => !wanted.length || labels.some((one) => wanted.includes(one)));
    list.replaceChildren(...fitting.slice(0, OFFERED).map(([id, name]) => el("li", {},
      el("button", { type: "button", class: "plain", onclick: () => put(list.dataset.into, id, name) }, el("bdi", {}, name)))));
    list.hidden = !fitting.length;
  }
}

/** Choose an entity in a field. */
function put(field, id, name) {
  const input = document.getElementById(field);
  [input.value, input.dataset.id] = [name, id];
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
}

/** Take what is selected with the mouse. */
function read() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const found = [...lines.querySelectorAll(".words")].filter((words) => range.intersectsNode(words))
    .map((words) => [Number(words.parentElement.dataset.line), selected(words, range).trim()]).filter(([, words]) => words);
  if (found.length) take(found[0][0], found.at(-1)[0], found.map(([, words]) => words).join(" ").replace(/\s+/g, " "));
}

/** Take lines as a whole. */
function whole(first, last) {
  const words = between(first, last).map((item) => item.querySelector(".words").textContent).join(" ");
  take(first, last, words.trim().replace(/\s+/g, " "));
}

lines.addEventListener("mouseup", () => setTimeout(read)); // the selection is set after the event
lines.addEventListener("click", (event) => {
  const number = event.target.closest("a.number");
  if (!number || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (event.detail) began = null; // Enter after Shift and arrows keeps the lines that they took
  if (began === null) whole(lineOf(number), lineOf(number));
  quote.focus({ preventScroll: true });
});

// From number to number by the arrows; with Shift the passage grows from where it began, and Enter goes on to its words.
lines.addEventListener("keydown", (event) => {
  const number = event.target.closest("a.number");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = number && step && numbers[numbers.indexOf(number) + step];
  if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  next.focus();
  if (!event.shiftKey) {
    began = null;
    return;
  }
  began ??= lineOf(number);
  const [first, last] = [began, lineOf(next)].sort((a, b) => a - b);
  whole(first, last);
});

keep.hidden = false;
keep.addEventListener("click", () => {
  const words = quote.value.slice(quote.selectionStart, quote.selectionEnd).trim();
  if (words) take(...at, words);
  quote.focus();
});

offer(between(...at));
