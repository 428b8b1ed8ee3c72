// The small map on a page: its links as arcs, drawn by the same code as the large map.
import { json } from "./ask.js";
import { Atlas } from "./atlas.js";
import { digits, fill } from "./dom.js";

const page = JSON.parse(document.getElementById("page").textContent);
const place = document.querySelector(".arc-map .map");
const found = { points: new Map(), arcs: [] };

for (const { start, end, state, status } of page.arcs) {
  for (const spot of [start, end]) {
    if (!found.points.has(spot.key)) found.points.set(spot.key, { ...spot, agreements: [] });
    found.points.get(spot.key).agreements.push({});
  }
  found.arcs.push({ key: `${start.key}|${end.key}`, start, end, state, status, agreements: [{}] });
}

const atlas = new Atlas(place, {
  point: (key) => location.assign(`/entities/${encodeURIComponent(key).replace(/%3A/g, ":")}`),
  arc: () => {},
  moved: () => {},
  say: (one) => (one.start ? fill(page.arc_words, { start: one.start.name, end: one.end.name, status: one.status }) : `${one.name}: ${digits(one.agreements.length)}`),
});
atlas.look([25, 30, 2]);
atlas.show({ points: [...found.points.values()], arcs: found.arcs }, []);
atlas.fit();
const borders = await json("/map/borders.json").catch(() => null); // without them the links still say where they lead
if (borders) atlas.borders(borders);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => atlas.repaint());
new ResizeObserver(() => { atlas.map.invalidateSize(); atlas.fit(); }).observe(place);
place.dataset.ready = "yes";
