// More columns of the table of entities, where the arrangement says more than the table does: measure, group, place.
import { el } from "./dom.js";

/** Put the columns that the picture needs behind those that are always there. */
export function extend(root, picture, say) {
  const table = root.querySelector(".nodes").closest("table");
  for (const cell of table.querySelectorAll(".more-column")) cell.remove();
  const unplaced = new Set(picture.unplaced);
  const columns = [
    [picture.size && (picture.size_name || say.column_measure), (node) => node.measure ?? ""],
    [picture.groups?.length && say.column_group, (node) => node.gathered],
    [(unplaced.size || picture.nodes.some((node) => node.pinned)) && say.column_place, (node) => place(node, unplaced, say)],
  ].filter(([name]) => name);
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  table.querySelector("thead tr").append(...columns.map(([name]) => el("th", { scope: "col", class: "more-column" }, name)));
  for (const row of table.tBodies[0].rows) {
    const node = nodes.get(row.dataset.id);
    row.append(...columns.map(([, told]) => el("td", { class: "more-column" }, el("bdi", {}, told(node) ?? ""))));
  }
}

function place(node, unplaced, say) {
  return [node.pinned && say.pinned, unplaced.has(node.id) && say.unplaced_mark].filter(Boolean).join(", ");
}
