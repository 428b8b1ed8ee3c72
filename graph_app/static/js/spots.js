// What stands on this page and can be gone to by its name: sections, acts, tools, fields, and the other sections of the site.
const MOST = 4;
const SHORTEST = 2; // letters
const LANDED = "peyvand.landed";
const ACTS = ":is(.actions, .watch, .go, .tabs, .tools, .result-bar, .selection, .expand, .edit-form > p, .question-form)";
const SORTS = [
  ["here", `main ${ACTS} :is(a[href], button), main form.watch button, main [data-print]`, "play-fill"],
  ["here", "main :is(h2, h3), main summary", "table"],
  ["here", "main label", "file-earmark-text"],
  ["site", "header nav a, footer a, .choices a", "signpost-split"],
];
const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670]/g;

/** Fold what is typed and what it is compared with: marks, half-spaces and the two forms of Yeh and Kaf do not count. */
const fold = (text) => text.normalize("NFKD").replace(MARKS, "").replace(/\u200c/g, " ").replace(/[\u064a\u0649]/g, "\u06cc")
  .replace(/\u0643/g, "\u06a9").toLowerCase();
const squash = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");

/** What an element is called, without the counts in it. */
function called(element) {
  if (element.hasAttribute("aria-label")) return element.getAttribute("aria-label");
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll(".count, .needed, .derived, .aside, select, textarea, input")) part.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** 0 if the name begins with what was typed, 1 if each of its words begins a word of the name, else null. */
function fit(typed, name) {
  const folded = fold(name);
  if (squash(folded).startsWith(squash(typed))) return 0;
  const words = folded.split(/[^\p{L}\p{N}]+/u);
  return typed.split(/\s+/).every((part) => words.some((word) => word.startsWith(part))) ? 1 : null;
}

const reachable = (element) => element.matches("a") || (element.checkVisibility({ visibilityProperty: true }) && !element.disabled);

/** Return what of this page fits `text`, as offers of the search bar; `begins` where the name begins so. */
export function spots(text) {
  const typed = fold(text).trim();
  if (squash(typed).length < SHORTEST) return [];
  const found = new Map();
  for (const [sort, selector, icon] of SORTS) {
    for (const element of document.querySelectorAll(selector)) {
      const name = element.closest(".search, dialog, table, .contents, .twin") ? "" : called(element);
      const rank = name ? fit(typed, name) : null;
      if (rank !== null && !found.has(name) && reachable(element)) found.set(name, { sort, name, icon, about: "", element, begins: rank === 0 });
    }
  }
  const whole = ({ name }) => squash(fold(name)) === squash(typed);
  return [...found.values()].sort((a, b) => whole(b) - whole(a) || b.begins - a.begins).slice(0, MOST);
}

/** Go to a spot: follow a link, press a button that changes nothing for good, else put the focus there. */
export function go({ element }) {
  if (element.matches("a")) {
    if (!element.hasAttribute("download")) land();
    return element.click();
  }
  if (element.matches("label")) return element.control?.focus();
  if (element.matches("button") && element.form?.method !== "post") {
    element.focus();
    return element.click();
  }
  if (element.matches("h2, h3")) element.tabIndex = -1;
  element.focus();
  element.scrollIntoView({ block: document.body.classList.contains("full") ? "nearest" : "start", behavior: "instant" }); // what fills the window does not scroll
}

/** Let the next page begin with its content: who came by keys has passed its head already. */
export const land = () => sessionStorage.setItem(LANDED, "yes");

/** Begin with the content, if whoever came here asked for that. */
export function landed() {
  if (!sessionStorage.getItem(LANDED)) return;
  sessionStorage.removeItem(LANDED);
  if (document.activeElement === document.body) document.getElementById("main").focus({ preventScroll: true });
}
