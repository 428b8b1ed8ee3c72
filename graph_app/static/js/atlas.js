// The map itself: Leaflet behind a small interface. Text reaches it as elements, never as mark-up.
import { el } from "./dom.js";
import { greatCircle } from "./geography.js";

const { L, topojson } = window;
const DASHES = { in_force: null, signed: null, expiring: "9 4", proposed: "7 5", reported: "2 5", undecided: "1 7", expired: "10 4 2 4", ended: "3 7" };
const LABELS = 40; // most names at once
const [LETTER, LINE] = [6.2, 16]; // pixels that a letter and a line of a name want for themselves
export const COUNTRIES_UP_TO = 3; // zoom at which countries still stand for their places

export const dashes = (state) => DASHES[state] ?? null;

export class Atlas {
  /** @param {HTMLElement} place @param {object} events point(key), arc(key), moved(), say(point or arc) */
  constructor(place, events) {
    this.tones = new Map();
    this.events = events;
    this.map = L.map(place, {
      attributionControl: false, zoomControl: false, preferCanvas: true, worldCopyJump: false, minZoom: 1, maxZoom: 12, zoomSnap: 0.5,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches, maxBounds: [[-85, -200], [85, 200]],
    });
    this.map.createPane("borders").style.zIndex = 200;
    this.map.getPane("borders").style.pointerEvents = "none";
    this.under = L.canvas({ pane: "borders", padding: 0.5 });
    this.over = L.canvas({ padding: 0.5, tolerance: 6 });
    this.drawn = L.layerGroup().addTo(this.map);
    this.names = L.layerGroup().addTo(this.map);
    this.map.on("moveend", () => { this.name(); events.moved(); });
  }

  /** Draw the borders in `shape`, TopoJSON or GeoJSON. */
  borders(shape) {
    const parts = shape.type === "Topology" ? Object.values(shape.objects).map((object) => topojson.feature(shape, object)) : [shape];
    this.land = L.geoJSON(parts.slice(0, 1).map(unrolled), { interactive: false, renderer: this.under, style: () => this.ground() }).addTo(this.map);
  }

  ground() {
    return { color: colour("--map-border"), weight: 0.7, fillColor: colour("--map-land"), fillOpacity: 1 };
  }

  /** Look at [latitude, longitude, zoom]. */
  look([latitude, longitude, zoom]) {
    this.map.setView([latitude, longitude], zoom, { animate: false });
  }

  get view() {
    const { lat, lng } = this.map.getCenter();
    return [lat.toFixed(2), lng.toFixed(2), this.map.getZoom()].map(Number);
  }

  get zoom() { return this.map.getZoom(); }

  fit() {
    const spots = this.points.map((point) => point.at);
    if (spots.length) this.map.fitBounds(L.latLngBounds(spots).pad(0.08), { maxZoom: 7, animate: false });
    else this.look([25, 30, 2]);
  }

  closer(step) { this.map.setZoom(this.map.getZoom() + step); }

  /** Draw points and arcs; `chosen` are the keys that stand out. */
  show({ points, arcs }, chosen) {
    this.points = points;
    this.arcs = arcs;
    this.chosen = new Set(chosen);
    this.drawn.clearLayers();
    const most = Math.max(1, ...points.map((point) => point.agreements.length));
    for (const arc of arcs) this.line(arc);
    for (const point of points.toSorted((a, b) => b.agreements.length - a.agreements.length)) this.point(point, most);
    this.name();
  }

  line(arc) {
    const chosen = this.chosen.has(arc.key);
    const dim = this.chosen.size && !chosen;
    const style = {
      renderer: this.over, color: this.tone(arc.state), dashArray: dashes(arc.state), lineCap: "round", opacity: dim ? 0.12 : 0.6,
      weight: (chosen ? 2 : 0) + Math.min(3.5, 1.2 + 0.4 * Math.log2(arc.agreements.length)), bubblingMouseEvents: false,
    };
    const made = L.polyline(greatCircle(arc.start.at, arc.end.at), style);
    made.on("click", () => this.events.arc(arc.key));
    made.bindTooltip(() => el("bdi", {}, this.events.say(arc)), { sticky: true, opacity: 1 });
    made.addTo(this.drawn);
  }

  point(point, most) {
    const chosen = this.chosen.has(point.key);
    const style = {
      renderer: this.over, radius: 2.5 + 8 * Math.sqrt(point.agreements.length / most), weight: chosen ? 4 : 1, color: colour(chosen ? "--focus" : "--ground"),
      fillColor: colour("--map-point"), fillOpacity: 1, bubblingMouseEvents: false,
    };
    const made = L.circleMarker(point.at, style);
    made.on("click", () => this.events.point(point.key));
    made.bindTooltip(() => el("bdi", {}, this.events.say(point)), { opacity: 1 });
    made.addTo(this.drawn);
  }

  /** Write the names of the points with most agreements that are in view and do not stand in each other's way. */
  name() {
    this.names.clearLayers();
    if (!this.points) return;
    const taken = [];
    const bounds = this.map.getBounds();
    for (const point of this.points.filter((one) => bounds.contains(one.at)).sort((a, b) => this.weight(b) - this.weight(a))) {
      const { x, y } = this.map.latLngToContainerPoint(point.at);
      const half = (point.name.length * LETTER) / 2;
      const box = [x - half, x + half, y - LINE - 8, y - 4];
      if (taken.length === LABELS || taken.some((other) => crossing(box, other))) continue;
      taken.push(box);
      const label = L.tooltip({ permanent: true, direction: "top", offset: [0, -5], className: "map-name", opacity: 1 });
      this.names.addLayer(label.setLatLng(point.at).setContent(el("bdi", { lang: point.lang }, point.name)));
    }
  }

  weight(point) {
    return point.agreements.length + (this.chosen.has(point.key) ? 1e6 : 0);
  }

  /** Return the colour of a state as the signs have it in this theme. */
  tone(state) {
    if (!this.tones.has(state)) {
      const sign = el("i", { class: "sign" });
      const probe = el("span", { class: `state-${state}`, hidden: true }, sign);
      this.map.getContainer().append(probe);
      this.tones.set(state, getComputedStyle(sign).color);
      probe.remove();
    }
    return this.tones.get(state);
  }

  /** Take the colours of the theme anew. */
  repaint() {
    this.tones.clear();
    this.land?.setStyle(this.ground());
    this.show(this, [...this.chosen]);
  }
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const crossing = ([left, right, top, bottom], other) => left < other[1] && other[0] < right && top < other[3] && other[2] < bottom;

/** Return `shape` with every ring that crosses the rim of the map going on beyond it, instead of jumping to the other side. */
function unrolled(shape) {
  const rings = (geometry) => (geometry?.type === "MultiPolygon" ? geometry.coordinates : geometry?.type === "Polygon" ? [geometry.coordinates] : []);
  for (const feature of shape.features ?? [shape]) for (const polygon of rings(feature.geometry)) polygon.forEach(unroll);
  return shape;
}

function unroll(ring) {
  let turns = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const before = ring[index - 1][0];
    const here = ring[index][0] + 360 * turns;
    if (Math.abs(here - before) > 180) turns += here > before ? -1 : 1;
    ring[index][0] += 360 * turns;
  }
  if (!turns) return;
  const pole = Math.sign(ring[0][1]) * 85; // it goes round a pole: close it along the upper or lower edge
  ring.push([ring.at(-1)[0], pole], [ring[0][0], pole], [...ring[0]]);
}
