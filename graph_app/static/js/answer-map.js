// The answer to a question on the map: its entities as points, what stands together in a row joined by an arc.
import { json, told } from "./ask.js";
import { Atlas } from "./atlas.js";

const open = (id) => location.assign(`/entities/${id.split("/").map(encodeURIComponent).join("/")}`);
const many = (count) => ({ length: count }); // the map asks how many there are, not which

/** Draw what `shown` says on the map at `place`. */
export async function draw(place, shown) {
  const points = Object.entries(shown.points).map(([key, point]) => ({ key, ...point, agreements: many(point.count) }));
  const known = new Map(points.map((point) => [point.key, point]));
  const arcs = shown.arcs.map(({ start, end, count }) => ({ key: `${start}|${end}`, start: known.get(start), end: known.get(end), state: "in_force", agreements: many(count) }));
  const atlas = new Atlas(place, { point: open, arc: () => {}, moved: () => {}, say: (thing) => thing.told ?? `${thing.start.name} – ${thing.end.name}` });
  atlas.look([25, 30, 2]);
  try {
    atlas.borders(await json("/map/borders.json"));
  } catch (error) {
    document.getElementById("answer-map-said").append(" ", ...told(error, shown.failed).filter(Boolean));
  }
  atlas.show({ points, arcs }, []);
  atlas.fit();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => atlas.repaint());
  place.dataset.ready = "yes";
}
