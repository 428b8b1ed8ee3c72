// The small map of the home page: every agreement that joins two places today, drawn by the same code as the large map.
import { json } from "./ask.js";
import { Atlas, COUNTRIES_UP_TO } from "./atlas.js";
import { digits, fill } from "./dom.js";
import { gathered, passing } from "./geography.js";

const { strings: say, today } = JSON.parse(document.getElementById("page").textContent);
const place = document.querySelector(".arc-map .map");
const told = document.querySelector(".arc-map .size");

const count = (thing) => digits(thing.agreements.length);
const atlas = new Atlas(place, {
  point: (key) => location.assign(key.startsWith("country:") ? `/map?country=${key.slice("country:".length)}` : `/map?place=${encodeURIComponent(key)}&by=place`),
  arc: (key) => location.assign(`/map?open=${encodeURIComponent(key)}`),
  moved: () => draw(),
  say: (thing) => (thing.start ? fill(say.arc, { start: thing.start.name, end: thing.end.name, count: count(thing) }) : fill(say.point, { name: thing.name, count: count(thing) })),
});
let data = null;
let byCountry = null;

function draw() {
  const wanted = atlas.zoom <= COUNTRIES_UP_TO;
  if (!data || wanted === byCountry) return;
  byCountry = wanted;
  const found = passing(data, { day: today, kind: "", country: "", place: "", hidden: [] });
  atlas.show(gathered(data, found, byCountry), []);
  told.textContent = found.length ? fill(say.shown, { agreements: digits(found.length), places: digits(new Set(found.flatMap((one) => one.pairs.flat())).size) }) : say.nothing;
}

atlas.look([25, 30, 2]);
data = await json("/api/v1/map").catch(() => null);
if (data) {
  draw();
  atlas.fit();
} else told.textContent = say.failed;
const borders = await json("/map/borders.json").catch(() => null); // without them the links still say where they lead
if (borders) atlas.borders(borders);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => atlas.repaint());
new ResizeObserver(() => atlas.map.invalidateSize()).observe(place);
place.dataset.ready = "yes";
