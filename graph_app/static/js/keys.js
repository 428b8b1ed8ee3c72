// The explorer by keyboard: every tool has a key, and arrows walk through the picture.
import { writes } from "./dom.js";

const TOOLS = {
  f: "fit", c: "copy", r: "brief", t: "twin", d: "details", h: "steps", s: "save", m: "compare", b: "common", p: "paths", x: "collapse",
  l: "arrange", g: "group", n: "pin", o: "note", w: "measure", i: "filters", a: "time",
  "?": "help", "+": "closer", "=": "closer", "-": "farther",
};
const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: "up", ArrowDown: "down" };

/** Listen for keys. `actions` are the tools by name; those of `acts` are for the canvas. */
export function listen(canvas, actions, acts) {
  document.addEventListener("keydown", (event) => {
    if (writes(event.target) || event.target.closest("dialog[open]")) return;
    const name = tool(event);
    if (name) {
      event.preventDefault();
      actions[name]();
    } else if (document.activeElement === canvas && !event.ctrlKey && !event.metaKey && !event.altKey) {
      onCanvas(event, acts);
    }
  });
}

/** The letter that is printed on the key, also while the keyboard is in Persian. */
function letter({ key, code }) {
  return /^[\u0600-\u06ff\u200c\u200d]+$/.test(key) && /^Key[A-Z]$/.test(code) ? code[3].toLowerCase() : key === "؟" ? "?" : key.toLowerCase();
}

function tool(event) {
  const key = letter(event);
  if (event.ctrlKey || event.metaKey) {
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return key === "y" ? "redo" : null;
  }
  if (event.altKey) return null;
  if (key === "delete") return event.shiftKey ? "clear" : "remove";
  return TOOLS[key];
}

function onCanvas(event, { walk, enter, everything, mark, unmark }) {
  const step = ARROWS[event.key];
  if (step) walk(document.dir === "rtl" && typeof step === "number" ? -step : step);
  else if (event.key === "Home" || event.key === "End") walk(event.key === "Home" ? "first" : "last");
  else if (event.key === "Enter") enter();
  else if (event.key === " ") mark();
  else if (event.key === "Escape") unmark();
  else if (letter(event) === "e") everything();
  else return;
  event.preventDefault();
}
