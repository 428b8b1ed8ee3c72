// The editor for Cypher: it stands in for the text field, which is what the form sends. Without it the field works alone.
import * as cm from "../vendor/codemirror-6.43.15/codemirror.min.js";
import { show } from "./answer.js";
import { dayFields } from "./days.js";
import { localise } from "./moments.js";
import { pickers } from "./pick.js";

const REST = 600; // milliseconds without a key, after which the statement is checked
const page = JSON.parse(document.getElementById("page").textContent);
const form = document.getElementById("ask");
const field = document.getElementById("statement");
const place = form.querySelector(".editor");
const wrong = document.getElementById("wrong");
const dark = getComputedStyle(document.documentElement).colorScheme === "dark";

const KEYWORDS = ["MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "LIMIT", "SKIP", "DISTINCT", "AS", "AND", "OR", "NOT",
  "IN", "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "UNION", "EXISTS", "COUNT", "COLLECT", "STARTS WITH", "ENDS WITH", "CONTAINS", "CALL"];
const options = (names, type) => names.map((label) => ({ label, type }));
const properties = options([...new Set(Object.values(page.properties).flat())].sort(), "property");

/** What fits at the place: a label or type behind a colon, a property behind a dot, else words and functions. */
function complete(context) {
  const word = context.matchBefore(/[\w.]*/);
  const before = context.state.sliceDoc(Math.max(0, word.from - 60), word.from);
  if (/\.\w*$/.test(word.text)) return { from: word.from + word.text.lastIndexOf(".") + 1, options: properties };
  if (/\[\w*\s*:\s*(\w+\|)*$/.test(before)) return { from: word.from, options: options(page.types, "type") };
  if (/:\s*(\w+[|&])*$/.test(before)) return { from: word.from, options: options(page.labels, "class") };
  if (!word.text && !context.explicit) return null;
  return { from: word.from, options: [...options(KEYWORDS, "keyword"), ...options(page.functions, "function"), ...properties] };
}

const colours = dark
  ? { keyword: "#7fd0de", string: "#b5d99c", comment: "#9aa7ad", number: "#e2b86b", name: "#e3e8ea" }
  : { keyword: "#155764", string: "#2f6b1f", comment: "#5c676d", number: "#8a5a00", name: "#1f2629" };
const style = cm.HighlightStyle.define([
  { tag: cm.tags.keyword, color: colours.keyword, fontWeight: "600" },
  { tag: [cm.tags.string, cm.tags.special(cm.tags.string)], color: colours.string },
  { tag: cm.tags.comment, color: colours.comment },
  { tag: [cm.tags.number, cm.tags.atom], color: colours.number },
  { tag: [cm.tags.variableName, cm.tags.propertyName, cm.tags.typeName, cm.tags.name], color: colours.name },
]);
const theme = cm.EditorView.theme({
  "&": { fontSize: "0.875rem", backgroundColor: "var(--ground)", color: "var(--text)" },
  ".cm-content": { minHeight: "11rem", fontFamily: "ui-monospace, monospace", caretColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--quiet)", border: "none" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--text)", border: "1px solid var(--line)" },
  "&.cm-focused": { outline: "none" },
}, { dark });

// in a shadow root the editor's styles are a constructed sheet, which the policy allows; in the page they would be an inline one
const root = place.attachShadow({ mode: "open" });
place.hidden = false;
field.hidden = true;
form.querySelector("label[for=statement]").addEventListener("click", () => view.focus());

const view = new cm.EditorView({
  root,
  parent: root,
  state: cm.EditorState.create({
    doc: field.value,
    extensions: [
      cm.lineNumbers(), cm.history(), cm.drawSelection(), cm.highlightSpecialChars(), cm.bracketMatching(), cm.closeBrackets(),
      cm.StreamLanguage.define(cm.cypher), cm.syntaxHighlighting(style), theme, cm.EditorView.lineWrapping,
      cm.autocompletion({ override: [complete] }), cm.lintGutter(),
      cm.linter(check, { delay: REST }),
      cm.keymap.of([{ key: "Mod-Enter", run: () => { ask(); return true; } }, { key: "Escape", run: left }, ...cm.completionKeymap, ...cm.defaultKeymap, ...cm.historyKeymap]),
      cm.EditorView.contentAttributes.of({ "aria-label": page.editor, spellcheck: "false", dir: "ltr", lang: "en" }),
      cm.EditorView.domEventHandlers({ beforeinput: typedOver }),
      cm.EditorView.updateListener.of((update) => { if (update.docChanged) field.value = update.state.doc.toString(); }),
    ],
  }),
});
window.peyvand = { editor: view };

/** Put typed text in place of a selection ourselves: Chromium would keep the look of what it replaces, with an inline style that the policy refuses. */
function typedOver(event, editor) {
  if (event.inputType !== "insertText" || event.isComposing || editor.state.selection.main.empty || !event.data) return false;
  editor.dispatch(editor.state.replaceSelection(event.data), { userEvent: "input.type" });
  event.preventDefault();
  return true;
}

function left() {
  form.querySelector("[type=submit]").focus();
  return true;
}

/** Ask the gate what it thinks of the statement; show the place, and fields for its parameters. */
async function check(editor) {
  const answer = await fetch("/ask/check", { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  if (!answer.ok) return [];
  const { problem, line, column, parameters } = await answer.json();
  fields(parameters);
  wrong.textContent = problem;
  if (!problem) return [];
  const at = line ? editor.state.doc.line(Math.min(line, editor.state.doc.lines)) : editor.state.doc.line(1);
  const from = Math.min(at.to, at.from + Math.max(0, column - 1));
  const end = /^[\w$`]+/.exec(editor.state.sliceDoc(from, at.to))?.[0].length ?? 1;
  return [{ from, to: Math.min(at.to, from + end), severity: "error", message: problem }];
}

/** Have the fields of the parameters made anew if there are others; what was typed stays. */
function fields(names) {
  const shown = [...form.querySelectorAll("[data-parameter]")].map((field) => field.dataset.parameter);
  if (names.join() !== shown.join()) renew();
}

/** Send the form to `address`; return the page that comes back. */
function send(address, begun = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "document";
    request.onload = () => resolve(request.response);
    request.onabort = () => reject(new Error(page.stopped));
    request.onerror = () => reject(new Error());
    request.send(new FormData(form));
    begun(request);
  });
}

/** Have the fields made as what is said of the parameters has them. */
async function renew() {
  const found = await send("/ask/form").catch(() => null);
  if (found) place_fields(found);
}

/** Put the fields of `found` in place of those that stand here; what is open stays open, and the focus where it is. */
function place_fields(found) {
  const before = form.querySelector(".given");
  const news = found.querySelector(".given");
  if (!news) return;
  const after = document.importNode(news, true);
  const focused = before.contains(document.activeElement) ? document.activeElement.name : "";
  for (const field of before.querySelectorAll("[data-parameter]")) {
    const same = after.querySelector(`[data-parameter="${CSS.escape(field.dataset.parameter)}"] details`);
    if (same) same.open ||= field.querySelector("details").open;
  }
  before.replaceWith(after);
  alive(after);
  if (focused) after.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
}

/** Give the fields a search for entities and a month to choose from. */
function alive(given) {
  pickers(given);
  dayFields(given, JSON.parse(given.dataset.words));
}

const stop = form.querySelector(".stop");
let running = null;

/** Ask, and put the answer below; the server stops working when one stops waiting. */
async function ask() {
  running?.abort();
  stop.hidden = false;
  document.querySelector(".outcome").setAttribute("aria-busy", "true");
  let mine = null;
  try {
    const found = await send(form.action, (request) => { mine = running = request; });
    wrong.textContent = found.getElementById("wrong")?.textContent ?? "";
    place_fields(found);
    shown(found);
  } catch (error) {
    if (running === mine) wrong.textContent = error.message;
  } finally {
    if (running === mine) {
      stop.hidden = true;
      running = null;
      document.querySelector(".outcome").removeAttribute("aria-busy");
    }
  }
}

/** Put the answer and the lists of `found` in place; the address is that of the answer. */
function shown(found) {
  localise(found);
  for (const part of [".outcome", ".desk > .columns"]) {
    const news = found.querySelector(part);
    if (news) document.querySelector(part).replaceWith(document.importNode(news, true));
  }
  const outcome = document.querySelector(".outcome");
  if (outcome.dataset.address) history.replaceState(null, "", outcome.dataset.address);
  show(outcome);
  return outcome;
}

/** Show the same answer otherwise, without asking again; the editor stays as it is. */
function otherwise(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.onload = () => {
    const outcome = shown(request.response);
    history.replaceState(null, "", address);
    (outcome.querySelector(".result-bar nav strong") ?? outcome).focus();
  };
  request.onerror = () => location.assign(address);
  request.send();
}

form.addEventListener("change", ({ target }) => { if (target.name?.startsWith("d_")) renew(); });
document.querySelector(".desk").addEventListener("click", (event) => {
  const link = event.target.closest(".outcome a[href]:not([download])");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || new URL(link.href).pathname !== location.pathname) return;
  event.preventDefault();
  otherwise(link.href);
});
document.querySelector(".desk").addEventListener("submit", (event) => {
  if (!event.target.matches(".outcome .row-filter")) return;
  event.preventDefault();
  otherwise(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
});
alive(form.querySelector(".given"));
stop.addEventListener("click", () => running?.abort());
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  ask();
});
document.querySelector(".shape").addEventListener("click", (event) => {
  const text = event.target.closest("[data-insert]")?.dataset.insert;
  if (!text) return;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(text));
  view.focus();
});
