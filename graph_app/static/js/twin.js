// The picture as two tables, and its legend: the same facts without a canvas, in step with the selection.
import { digits, el, fill, icon } from "./dom.js";

const compare = new Intl.Collator(document.documentElement.lang).compare;

/**
 * Fill both tables, by name. `choose(kind, id)` is called for a chosen row, `mark(id)` for one that is marked or not any more, `more(id)` for the number
 * of neighbours that are not shown, `behind(kind, id)` for any other number: what it counts is to be told.
 */
export function tabulate(root, picture, say, { choose, mark: marked, more, behind }) {
  const { unsourced, mark_one: marking } = say;
  const names = new Map(picture.nodes.map((node) => [node.id, node.name]));
  const button = (kind, id, text) => el("button", { type: "button", onclick: (event) => { event.stopPropagation(); choose(kind, id); } }, el("bdi", {}, text));
  const row = (kind, id, ...cells) => el("tr", { "data-id": id, onclick: (event) => event.target.closest("a") || choose(kind, id) }, ...cells);
  const cell = (text, bare = false) => el("td", {}, el("bdi", { class: bare && "unsourced" }, text));
  const number = (count, told, act) => el("td", {}, count ? el("button", { type: "button", "aria-label": fill(told, { count: digits(count) }), onclick: (event) => { event.stopPropagation(); act(); } }, digits(count)) : digits(count));
  const box = (node) => el("td", { onclick: (event) => event.stopPropagation() },
    el("input", { type: "checkbox", "aria-label": fill(marking, { name: node.name }), onchange: () => marked(node.id) }));
  const nodes = picture.nodes.toSorted((a, b) => compare(a.name, b.name));
  root.querySelector(".nodes").replaceChildren(...nodes.map((node) => row("node", node.id, box(node),
    el("th", { scope: "row" }, button("node", node.id, node.name)),
    cell(node.other_name), cell(node.type_name), number(node.hidden_count, say.not_shown, () => more(node.id)),
    node.unsourced ? cell(unsourced, true) : node.members ? cell("") : number(node.sources, say.sources, () => behind("node", node.id)))));
  const derived = (edge) => el("td", {}, ...(edge.sources ? [...number(edge.sources, say.sources, () => behind("edge", edge.id)).childNodes, " "] : []),
    edge.agreements.length === 1 ? el("a", { href: `/entities/${encodeURI(edge.agreements[0])}`, "data-add": edge.agreements[0] }, say.by_agreement)
      : el("button", { type: "button", onclick: (event) => { event.stopPropagation(); behind("edge", edge.id); } }, fill(say.by_agreements, { count: digits(edge.agreements.length) })));
  const edges = picture.edges.toSorted((a, b) => compare(names.get(a.from), names.get(b.from)) || compare(names.get(a.to), names.get(b.to)));
  root.querySelector(".edges").replaceChildren(...edges.map((edge) => row("edge", edge.id,
    cell(names.get(edge.from)),
    el("th", { scope: "row" }, button("edge", edge.id, edge.phrase)),
    cell(names.get(edge.to)), cell(edge.certainty, edge.unsourced), cell(edge.state_name), number(edge.count, say.ties, () => behind("edge", edge.id)),
    edge.agreements.length ? derived(edge) : number(edge.sources, say.sources, () => behind("edge", edge.id)))));
}

/** Show which rows are selected, the boxes of those that are marked, and bring the first into view. */
export function mark(root, ids, marked = []) {
  for (const row of root.querySelectorAll("tbody tr")) row.setAttribute("aria-selected", String(ids.includes(row.dataset.id)));
  for (const button of root.querySelectorAll("tbody button")) button.setAttribute("aria-pressed", String(ids.includes(button.closest("tr").dataset.id)));
  for (const box of root.querySelectorAll("tbody input")) box.checked = marked.includes(box.closest("tr").dataset.id);
  if (!root.hidden) root.querySelector("tr[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
}

/** Show what the picture's signs mean; with `sieve` each sign hides what has it. */
export function explain(root, legend, states, sieve) {
  const key = (entry) => Object.keys(states).find((name) => states[name].name === entry.name);
  const count = (entry) => el("span", { class: "count" }, digits(entry.count));
  const row = (facet, entry, sign) => (sieve ? [sieve.ticked(facet, entry, [sign, entry.name, count(entry)])].flat() : [sign, entry.name, count(entry)]);
  const lists = [
    legend.labels.map((entry) => el("li", {}, ...row("type", { ...entry, value: entry.label }, icon(entry)))),
    legend.certainties.map((entry) => el("li", {}, ...row("certainty", entry, el("i", { class: `stroke stroke-${entry.stroke}` })))),
    legend.tones.map((entry) => el("li", {}, el("i", { class: "stroke lighter" }), entry.name)),
    legend.states.map((entry) => el("li", { class: `state-${key(entry)}` }, ...row("state", { ...entry, value: key(entry) }, el("i", { class: `sign sign-${entry.badge}` })))),
  ];
  if (sieve) [["type", 0], ["certainty", 1], ["state", 3]].forEach(([facet, at]) => lists[at].push(...sieve.unticked(facet)));
  root.replaceChildren(...lists.filter((items) => items.length).map((items) => el("ul", {}, ...items)));
}
