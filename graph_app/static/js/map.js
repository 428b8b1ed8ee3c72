// The map page: filters, time, selection and the table twin; the address says all of it.
import { json, piece, told } from "./ask.js";
import { Atlas, COUNTRIES_UP_TO, dashes } from "./atlas.js";
import { digits, el, fill } from "./dom.js";
import { gathered, passing } from "./geography.js";
import { resizable } from "./splitter.js";
import { Timeline } from "./timeline.js";

const page = JSON.parse(document.getElementById("page").textContent);
const { strings: say, states } = page;
const root = document.querySelector(".explore");
const find = (selector) => root.querySelector(selector);
const compare = new Intl.Collator(document.documentElement.lang).compare;

const query = new URLSearchParams(location.search);
const state = {
  day: /^\d{4}-\d\d-\d\d$/.test(query.get("as_of") ?? "") ? query.get("as_of") : page.today,
  kind: query.get("kind") ?? "",
  country: query.get("country") ?? "",
  place: query.get("place") ?? "",
  by: query.get("by") ?? "",
  hidden: (query.get("hide") ?? "").split(",").filter(Boolean),
  open: query.get("open") ?? "",
  lacking: query.get("lacking") === "yes",
  at: (query.get("at") ?? "").split(",").filter(Boolean).map(Number),
};
let data = null;
let found = { points: [], arcs: [], lacking: [] };
let listed = [];
let byCountry = null;

function remember() {
  const values = { as_of: state.day === page.today ? "" : state.day, kind: state.kind, country: state.country, place: state.place, by: state.by,
    hide: state.hidden.join(","), open: state.open, lacking: state.lacking ? "yes" : "", at: state.at.join(",") };
  const text = Object.entries(values).filter(([, value]) => value).map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",")}`);
  history.replaceState(null, "", text.length ? `?${text.join("&")}` : location.pathname);
}

const atlas = new Atlas(find(".map"), {
  point: (key) => choose(key),
  arc: (key) => choose(key),
  moved: () => { state.at = atlas.view; if (data && grouping() !== byCountry) draw(); remember(); },
  say: (thing) => (thing.start
    ? fill(say.arc, { start: thing.start.name, end: thing.end.name, count: digits(thing.agreements.length) })
    : fill(say.point, { name: thing.name, count: digits(thing.agreements.length) })),
});

const grouping = () => (state.by ? state.by === "country" : atlas.zoom <= COUNTRIES_UP_TO);

/** Draw what the state says, and list it. */
function draw() {
  const fitting = passing(data, state);
  byCountry = grouping();
  found = gathered(data, fitting.filter((one) => !one.away), byCountry);
  atlas.show(found, state.open ? around(state.open) : []);
  legend(fitting);
  listed = (state.lacking ? found.lacking : fitting.filter((one) => !one.away)).toSorted((a, b) => compare(a.name, b.name));
  list();
  const places = new Set(fitting.filter((one) => !one.away).flatMap((one) => one.pairs.flat())).size;
  find(".size").textContent = fitting.some((one) => !one.away)
    ? fill(say.shown, { agreements: digits(fitting.filter((one) => !one.away).length), places: digits(places) }) : say.nothing;
  find(".lacking").hidden = !found.lacking.length;
  find(".lacking").textContent = fill(say.lacking, { count: digits(found.lacking.length) });
  find(".lacking").setAttribute("aria-pressed", String(state.lacking));
  remember();
}

/** Return the keys of points and arcs that belong to what is open: a point, an arc or an agreement. */
function around(key) {
  const point = found.points.find((one) => one.key === key);
  const mine = point ? new Set(point.agreements.map((one) => one.id)) : new Set([key]);
  const arcs = found.arcs.filter((arc) => arc.key === key || arc.start.key === key || arc.end.key === key || (!point && arc.agreements.some((one) => mine.has(one.id))));
  return [key, ...arcs.flatMap((arc) => [arc.key, arc.start.key, arc.end.key])];
}

async function choose(key) {
  state.open = key;
  atlas.show(found, around(key));
  mark();
  remember();
  const thing = [...found.points, ...found.arcs].find((one) => one.key === key);
  const address = !thing && key.startsWith("agreement:") ? key : thing?.start && thing.agreements.length === 1 ? thing.agreements[0].id : thing && !thing.start && !key.startsWith("country:") ? key : "";
  if (address) return show(address);
  if (thing) return content(el("h2", {}, el("bdi", {}, title(thing))), agreements(thing.agreements));
  content(el("p", { class: "none" }, say.none));
}

const title = (thing) => (thing.start ? fill(say.between, { start: thing.start.name, end: thing.end.name }) : thing.name);

function agreements(several) {
  return el("ul", { class: "ties" }, ...several.toSorted((a, b) => compare(a.name, b.name)).map((one) => el("li", {},
    el("button", { type: "button", class: "plain", onclick: () => choose(one.id) }, el("bdi", {}, one.name)), " ", badge(one))));
}

function badge(one) {
  return el("span", { class: `badge-state state-${one.state}` }, el("i", { class: `sign sign-${states[one.state].badge}` }), one.status);
}

async function show(id) {
  const shown = await piece(`/entities/${id}/panel`).catch(() => [el("p", { class: "problem", role: "alert" }, say.failed)]);
  if (id === state.open || around(state.open).length) content(...shown);
}

function content(...parts) {
  find(".details .content").replaceChildren(...parts);
  find(".details").scrollTop = 0;
}

/** The table: the same agreements as rows. */
function list() {
  const name = (id) => data.places[id]?.name ?? id;
  const link = (id) => el("a", { href: `/entities/${id}` }, el("bdi", {}, name(id)));
  const joined = (ids) => [...new Set(ids)].flatMap((id, index) => (index ? ["، ", link(id)] : [link(id)]));
  const row = (one) => el("tr", { "data-id": one.id },
    el("th", { scope: "row" }, el("button", { type: "button", onclick: () => choose(one.id) }, el("bdi", {}, one.name))),
    el("td", {}, ...joined(one.pairs.map(([start]) => start))), el("td", {}, ...joined(one.pairs.map(([, end]) => end))),
    el("td", {}, badge(one)), el("td", {}, one.kind_name), el("td", {}, one.signed_on));
  find(".twin tbody").replaceChildren(...listed.slice(0, page.rows).map(row));
  find(".twin .cut").hidden = listed.length <= page.rows;
  find(".twin .cut").textContent = fill(say.rows, { count: digits(page.rows), all: digits(listed.length) });
  mark();
}

function mark() {
  const thing = [...found.points, ...found.arcs].find((one) => one.key === state.open);
  const ids = new Set(thing ? thing.agreements.map((one) => one.id) : [state.open]);
  for (const row of find(".twin tbody").rows) row.setAttribute("aria-selected", String(ids.has(row.dataset.id)));
  if (!find(".twin").hidden) find(".twin tr[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
}

/** The legend is a filter: what is unticked is not drawn, and stays counted. */
function legend(fitting) {
  const items = Object.entries(states).map(([name, entry]) => {
    const count = fitting.filter((one) => one.state === name).length;
    if (!count) return null;
    const box = el("input", { type: "checkbox", checked: !state.hidden.includes(name), "data-state": name, onchange: (event) => {
      state.hidden = event.target.checked ? state.hidden.filter((one) => one !== name) : [...state.hidden, name];
      draw();
      find(`.legend [data-state=${name}]`)?.focus();
    } });
    return el("li", { class: `state-${name}` }, el("label", {}, box, line(name), el("i", { class: `sign sign-${entry.badge}` }), entry.name, el("span", { class: "count" }, digits(count))));
  });
  find(".legend .signs").replaceChildren(el("ul", {}, ...items.filter(Boolean)));
}

function line(name) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const stroke = document.createElementNS("http://www.w3.org/2000/svg", "line");
  for (const [key, value] of Object.entries({ width: 26, height: 8, "aria-hidden": "true" })) made.setAttribute(key, value);
  const style = { x1: 1, x2: 25, y1: 4, y2: 4, stroke: states[name].colour, "stroke-width": 2, "stroke-linecap": "round", "stroke-dasharray": dashes(name) ?? "none" };
  for (const [key, value] of Object.entries(style)) stroke.setAttribute(key, value);
  made.append(stroke);
  return made;
}

function fillFilters() {
  const kinds = new Map(data.agreements.map((one) => [one.kind, one.kind_name]));
  options(find("[name=kind]"), [...kinds].sort((a, b) => compare(a[1], b[1])), state.kind);
  options(find("[name=country]"), Object.entries(data.countries).map(([code, one]) => [code, `${one.name} (${digits(one.count)})`]), state.country);
  const chip = find(".place");
  chip.hidden = !state.place;
  chip.querySelector("bdi").textContent = data.places[state.place]?.name ?? state.place;
  find("[name=by]").value = state.by;
}

function options(select, entries, chosen) {
  select.append(...entries.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
}

function toggle(part, tool) {
  find(part).hidden = !find(part).hidden;
  find(`[data-do=${tool}]`).setAttribute("aria-pressed", String(!find(part).hidden));
  atlas.map.invalidateSize();
  mark();
}

const actions = {
  closer: () => atlas.closer(1),
  farther: () => atlas.closer(-1),
  fit: () => atlas.fit(),
  twin: () => toggle(".twin", "twin"),
  details: () => { toggle(".details", "details"); find(".splitter").hidden = find(".details").hidden; },
};
const KEYS = { "+": "closer", "=": "closer", "-": "farther", f: "fit", t: "twin", d: "details" };

root.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-do]");
  if (tool) actions[tool.dataset.do]();
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, summary") || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = KEYS[event.key.toLowerCase()];
  if (!action || (event.target.closest(".map") && "+-=".includes(event.key))) return; // there Leaflet listens
  event.preventDefault();
  actions[action]();
});
for (const name of ["kind", "country", "by"]) find(`[name=${name}]`).addEventListener("change", (event) => {
  state[name] = event.target.value;
  draw();
  if (name === "country" && state.country) atlas.fit();
});
find(".place button").addEventListener("click", () => { state.place = ""; find(".place").hidden = true; draw(); });
find(".lacking").addEventListener("click", () => {
  state.lacking = !state.lacking;
  if (state.lacking && find(".twin").hidden) toggle(".twin", "twin");
  draw();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => atlas.repaint());
new ResizeObserver(() => atlas.map.invalidateSize()).observe(find(".map"));
resizable(root, find(".splitter"));

try {
  const [shape, answer] = await Promise.all([json("/map/borders.json"), json("/api/v1/map")]);
  data = answer;
  fillFilters();
  atlas.look(state.at.length === 3 && state.at.every(Number.isFinite) ? state.at : [25, 30, 2]);
  atlas.borders(shape);
  draw();
  if ((state.country || state.place) && !query.get("at")) atlas.fit();
  new Timeline(find(".year-bar"), data, say, state.day, page.today, (day) => { state.day = day; draw(); });
  find(".notice").hidden = !data.cut;
  find(".notice").textContent = say.cut;
  if (state.lacking) toggle(".twin", "twin");
  if (state.open) await choose(state.open);
} catch (error) {
  find(".notice").hidden = false;
  find(".notice").replaceChildren(...told(error, say.failed).filter(Boolean));
}
root.dataset.ready = "yes";
// What the browser tests read; nothing else uses it.
window.peyvand = { found: () => found, at: (key) => atlas.map.latLngToContainerPoint(found.points.find((one) => one.key === key).at) };
