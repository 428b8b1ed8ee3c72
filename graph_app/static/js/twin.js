// The picture as two tables, and its legend: the same facts without a canvas, in step with the selection.
import { digits, el, icon } from "./dom.js";

/** Fill both tables. `choose(kind, id)` is called when a row is chosen. */
export function tabulate(root, picture, choose) {
  const names = new Map(picture.nodes.map((node) => [node.id, node.name]));
  const button = (kind, id, text) => el("button", { type: "button", onclick: () => choose(kind, id) }, el("bdi", {}, text));
  root.querySelector(".nodes").replaceChildren(...picture.nodes.map((node) =>
    el("tr", { "data-id": node.id },
      el("th", { scope: "row" }, button("node", node.id, node.name)),
      el("td", {}, el("bdi", {}, node.other_name)),
      el("td", {}, node.type_name),
      el("td", {}, digits(node.hidden_count)))));
  root.querySelector(".edges").replaceChildren(...picture.edges.map((edge) =>
    el("tr", { "data-id": edge.id },
      el("td", {}, el("bdi", {}, names.get(edge.from))),
      el("th", { scope: "row" }, button("edge", edge.id, edge.phrase)),
      el("td", {}, el("bdi", {}, names.get(edge.to))),
      el("td", {}, edge.certainty),
      el("td", {}, edge.state_name),
      el("td", {}, digits(edge.count)))));
}

/** Mark the rows of what is selected. */
export function mark(root, ids) {
  for (const row of root.querySelectorAll("tbody tr")) row.setAttribute("aria-selected", String(ids.includes(row.dataset.id)));
}

/** Show what the picture's signs mean. */
export function explain(root, legend) {
  const count = (entry) => el("span", { class: "count" }, ` ${digits(entry.count)}`);
  const lists = [
    legend.labels.map((entry) => el("li", {}, icon(entry), entry.name, count(entry))),
    legend.certainties.map((entry) => el("li", {}, el("i", { class: `stroke stroke-${entry.stroke}` }), ` ${entry.name}`, count(entry))),
    legend.states.map((entry) => el("li", {}, el("span", { class: `badge-state state-${entry.state}` }, el("i", { class: `sign sign-${entry.badge}` }), entry.name), count(entry))),
  ];
  root.replaceChildren(...lists.filter((items) => items.length).map((items) => el("ul", {}, ...items)));
}
