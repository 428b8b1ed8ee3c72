// What is selected in the explorer, and what can be done with all of it: common ties, paths, expand, collapse.
import { digits, el, fill, listed } from "./dom.js";

/** The entities that were marked to be acted on together, beside the one that is open. */
export class Selection {
  /** @param {HTMLElement} root where it is shown @param {object} say sentences @param {object} actions by name */
  constructor(root, say, actions) {
    this.root = root;
    this.say = say;
    this.actions = actions;
    this.marked = [];
  }

  /** All that actions apply to: what was marked, and what is open. */
  with(nodes) {
    return [...new Set([...this.marked, ...nodes])];
  }

  toggle(id) {
    this.marked = this.marked.includes(id) ? this.marked.filter((one) => one !== id) : [...this.marked, id];
    return this.marked.includes(id);
  }

  /** Show what can be done with `ids`, whose names `names` knows. */
  show(ids, names) {
    const known = ids.filter((id) => names.has(id));
    this.root.hidden = !known.length;
    if (!known.length) return;
    const name = listed(known.map((id) => names.get(id)));
    const told = known.length > 1 ? fill(this.say.selected, { count: digits(known.length), names: name }) : name; // one stands there only where nothing else names it
    const acts = [
      known.length > 1 && this.button("common", "B"),
      known.length === 2 && this.button("paths", "P"),
      known.length === 1 && el("a", { class: "chip", href: `/paths?to=${encodeURIComponent(known[0])}` }, this.say.paths_here),
      known.length === 1 && el("a", { class: "chip", href: `/paths?from=${encodeURIComponent(known[0])}&to=` }, this.say.paths_from),
      known.length > 1 && el("a", { class: "chip", href: `/queries?about=${known.map(encodeURIComponent).join(",")}` }, this.say.questions),
      this.button("everything", "E"),
      this.button("collapse", "X"),
      known.length > 1 && this.button("unmark", "Esc"),
    ];
    this.root.replaceChildren(el("p", { class: known.length === 1 && "alone" }, told), el("div", { class: "acts" }, ...acts.filter(Boolean)));
  }

  button(name, key) {
    return el("button", { type: "button", "data-act": name, title: `${this.say.acts[name]} (${key})`, "aria-keyshortcuts": key, onclick: () => this.actions[name]() }, this.say.acts[name]);
  }
}

/**
 * Return the entities of `picture` that hang on `ids` alone, which is what collapsing puts away: each that did not come
 * before them, and several that are tied to each other if all came after them. `step(id)` says when one came.
 */
export function hanging(picture, ids, step) {
  const around = new Map(picture.nodes.map(({ id }) => [id, []]));
  for (const { from, to } of picture.edges) {
    around.get(from).push(to);
    around.get(to).push(from);
  }
  const begun = Math.min(...ids.map(step));
  const seen = new Set(ids);
  const gone = [];
  for (const id of ids.flatMap((one) => around.get(one) ?? [])) {
    const part = reached(id, around, seen);
    const least = part.length === 1 ? begun : begun + 1;
    if (part.every((one) => step(one) >= least)) gone.push(...part);
  }
  return gone;
}

/** Return what can be reached from `id` without what was `seen`; all of it is seen then. */
function reached(id, around, seen) {
  const part = [];
  const ahead = [id];
  while (ahead.length) {
    const next = ahead.pop();
    if (seen.has(next)) continue;
    seen.add(next);
    part.push(next);
    ahead.push(...around.get(next));
  }
  return part;
}
