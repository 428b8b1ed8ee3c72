// More columns of the tables, where the picture says more than they do: measure, group, place, notes.
import { el, listed } from "./dom.js";

/** Put the columns that the picture needs behind those that are always there. */
export function extend(root, picture, say) {
  const noted = (items) => [items.some((one) => one.note) && say.column_note, (one) => one.note, "note-column"];
  const unplaced = new Set(picture.unplaced);
  const columns = [
    [picture.size && (picture.size_name || say.column_measure), (node) => node.measure ?? ""],
    [picture.groups?.length && say.column_group, (node) => node.gathered],
    [(unplaced.size || picture.nodes.some((node) => node.pinned)) && say.column_place, (node) => place(node, unplaced, say)],
    noted(picture.nodes),
  ];
  widen(root.querySelector(".nodes").closest("table"), picture.nodes, columns);
  widen(root.querySelector(".edges").closest("table"), picture.edges, [noted(picture.edges)]);
}

/** Put columns, [name, what an item says], behind those of a table; those without a name are not needed. */
function widen(table, items, all) {
  for (const cell of table.querySelectorAll(".more-column")) cell.remove();
  const columns = all.filter(([name]) => name);
  const known = new Map(items.map((item) => [item.id, item]));
  table.querySelector("thead tr").append(...columns.map(([name, , kind = ""]) => el("th", { scope: "col", class: `more-column ${kind}` }, name)));
  for (const row of table.tBodies[0].rows) {
    const item = known.get(row.dataset.id);
    row.append(...columns.map(([, told, kind = ""]) => el("td", { class: `more-column ${kind}` }, el("bdi", {}, told(item) ?? ""))));
  }
}

function place(node, unplaced, say) {
  return listed([node.pinned && say.pinned, unplaced.has(node.id) && say.unplaced_mark].filter(Boolean));
}
