// The panorama page: its picture, the legend that puts types and states away, the table, details, ways into the explorer.
import { json, piece, told } from "./ask.js";
import { digits, el, fill, icon } from "./dom.js";
import { Expanse } from "./expanse.js";
import { away, byKind } from "./kinds.js";
import { Leaves } from "./leaves.js";
import { moment } from "./moments.js";
import { resizable } from "./splitter.js";

const page = JSON.parse(document.getElementById("page").textContent);
const say = page.strings;
const root = document.querySelector(".explore");
const find = (selector) => root.querySelector(selector);
const query = new URLSearchParams(location.search);
const place = find("#canvas");
const shown = { open: query.get("open") ?? "", hidden: (query.get("hide") ?? "").split(",").filter(Boolean), at: (query.get("at") ?? "").split(",").map(Number) };
let data = null;

const expanse = new Expanse(place, {
  select: (index) => choose(index),
  region: (box) => { expanse.fit(box); offer(expanse.within(box), say.region); framing(false); },
  moved: () => { clearTimeout(shown.timer); shown.timer = setTimeout(remember, 300); },
});
const leaves = new Leaves(find(".twin"), say, page.rows, (index) => { expanse.reveal(index); choose(index); });

function remember() {
  const { x, y, scale } = expanse.view;
  const values = { at: [x.toFixed(0), y.toFixed(0), scale.toFixed(3)].join(","), open: shown.open, hide: shown.hidden.join(",") };
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value); else query.delete(name);
  history.replaceState(null, "", `?${query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%2F/g, "/")}`);
}

function notice(...parts) {
  find(".notice").replaceChildren(...parts.flatMap((part, index) => (index ? [" ", part] : [part])));
  find(".notice").hidden = !parts.length;
}

/** Say how many entities there are somewhere, and offer to open the busiest of them in the explorer. */
function offer(indexes, sentence) {
  const few = indexes.slice(0, page.opened);
  const words = few.length < indexes.length ? fill(say.first, { count: digits(few.length) }) : say.open;
  const address = `/explore?ids=${few.map((index) => encodeURIComponent(data.ids[index]).replace(/%3A/g, ":")).join(",")}`;
  notice(fill(sentence, { count: digits(indexes.length) }), ...(few.length ? [el("a", { href: address }, words)] : []));
}

async function choose(index) {
  shown.open = index < 0 ? "" : data.ids[index];
  expanse.select(index);
  leaves.mark(index);
  remember();
  if (index < 0) return content(el("p", { class: "none" }, say.none));
  const type = data.legend[data.types[index]];
  find(".announce").textContent = fill(say.entity, { name: data.names[index], type: [type.one, type.state_name].filter(Boolean).join(", "), count: digits(data.ties[index]) });
  const id = data.ids[index];
  const parts = await piece(`/entities/${id}/panel`).catch(() => [el("p", { class: "problem", role: "alert" }, say.failed)]);
  if (shown.open === id) content(el("p", {}, el("a", { class: "btn btn-sm", href: `/explore?around=${encodeURIComponent(id)}` }, say.around)), ...parts);
}

/** Show beside the picture what its shape says. */
async function measure() {
  if (find(".details").hidden) actions.details();
  choose(-1);
  content(el("p", { class: "none", role: "status" }, say.measuring));
  const parts = await piece(`/panorama/measures${location.search}`).catch(() => [el("p", { class: "problem", role: "alert" }, say.failed)]);
  if (!shown.open) content(...parts);
}

function content(...parts) {
  find(".details .content").replaceChildren(...parts);
  find(".details").scrollTop = 0;
}

/** Fill the legend: each type and each state is a box that puts it away. */
function legend(types, states) {
  const row = (value, sign, { name, count }) => el("li", { class: value.replace(":", "-") }, el("label", {},
    el("input", { type: "checkbox", value, checked: !shown.hidden.includes(value), onchange: (event) => putAway(value, !event.target.checked) }),
    sign, name, el("span", { class: "count" }, digits(count))));
  const lists = [types.map((type) => row(type.label, icon(type), type)), states.map((one) => row(`state:${one.state}`, el("i", { class: `sign sign-${one.badge}` }), one))];
  find(".signs").replaceChildren(...lists.filter((rows) => rows.length).map((rows) => el("ul", {}, ...rows)));
}

function putAway(label, away) {
  shown.hidden = [...shown.hidden.filter((one) => one !== label), ...(away ? [label] : [])];
  filtered();
}

function filtered() {
  expanse.hide(away(data.legend, shown.hidden));
  leaves.show(data, expanse.hidden);
  const gone = [...expanse.hidden].reduce((sum, kind) => sum + data.legend[kind].count, 0);
  const parts = [fill(say.size, { nodes: digits(data.ids.length), ties: digits(data.pairs.length / 2) }), gone ? fill(say.hidden, { count: digits(gone) }) : ""];
  find(".size").textContent = parts.filter(Boolean).join(" · ");
}

function toggle(part, tool) {
  find(part).hidden = !find(part).hidden;
  find(`[data-do=${tool}]`).setAttribute("aria-pressed", String(!find(part).hidden));
}

function framing(on) {
  expanse.framing = on;
  find("[data-do=frame]").setAttribute("aria-pressed", String(on));
  place.classList.toggle("framing", on);
}

/** Ask for a name under which the picture is kept, as it is in the address now. */
function save() {
  remember();
  find("dialog.save form").action = `/panorama${location.search}`;
  find("dialog.save").showModal();
}

/** Say how a kept picture differs from what it is now. */
function since({ entities, pairs, states, ...kept }) {
  const now = Object.fromEntries(data.state_legend.map((one) => [one.state, one]));
  const moved = data.state_legend.filter((one) => (states[one.state] ?? 0) !== one.count).map((one) => fill(say.state, { name: one.name, count: digits(states[one.state] ?? 0), now: digits(now[one.state].count) }));
  const same = entities === data.ids.length && pairs === data.pairs.length / 2 && !moved.length;
  const told = { ...kept, moment: moment(kept.moment), entities: digits(entities), pairs: digits(pairs), now: digits(data.ids.length), now_pairs: digits(data.pairs.length / 2) };
  return [fill(same ? say.same : say.kept, told), ...moved];
}

const STEP = 80;
const actions = {
  fit: () => expanse.fit(),
  closer: () => expanse.zoom(1.4),
  farther: () => expanse.zoom(1 / 1.4),
  frame: () => framing(!expanse.framing),
  open: () => offer(expanse.within(expanse.seen), say.view),
  measure: () => measure(),
  save: () => save(),
  twin: () => toggle(".twin", "twin"),
  details: () => { toggle(".details", "details"); find(".splitter").hidden = find(".details").hidden; },
};
const KEYS = { f: "fit", "+": "closer", "=": "closer", "-": "farther", g: "frame", e: "open", w: "measure", s: "save", t: "twin", d: "details" };
const ARROWS = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

root.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) return event.target.closest("dialog").close();
  const entity = event.target.closest("[data-shown]");
  if (entity) { event.preventDefault(); expanse.reveal(Number(entity.dataset.shown)); return choose(Number(entity.dataset.shown)); }
  const tool = event.target.closest("[data-do]");
  if (tool && data) actions[tool.dataset.do]();
});
document.addEventListener("keydown", (event) => {
  if (!data || event.target.closest("input, textarea, select, summary, dialog[open], [role=separator]") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === place && ARROWS[event.key]) { event.preventDefault(); return expanse.pan(...ARROWS[event.key]); }
  if (event.target === place && event.key === "Enter") return choose(nearest());
  if (event.key === "Escape" && expanse.framing) return framing(false);
  const action = KEYS[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  actions[action]();
});

/** The busiest entity of those in the middle of the view, the whole view if there is none. */
function nearest() {
  const { left, right, top, bottom } = expanse.seen;
  const [across, down] = [(right - left) / 3, (bottom - top) / 3];
  return expanse.within({ left: left + across, right: right - across, top: top + down, bottom: bottom - down })[0] ?? expanse.within(expanse.seen)[0] ?? -1;
}

find(".tools form").addEventListener("submit", ({ target }) => { // what was put away meanwhile stays away
  target.querySelector("[name=hide]")?.remove();
  target.append(el("input", { type: "hidden", name: "hide", value: shown.hidden.join(",") }));
});
find("select[name=of]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => expanse.order());
resizable(root, find(".splitter"));
find(".legend").open = innerWidth > 760;

try {
  notice(say.waiting);
  const [answer] = await Promise.all([json(`/api/v1/panorama${location.search}`), document.fonts.load("12px Vazirmatn", "پیوند")]);
  data = byKind(answer);
  notice(...(page.kept ? since(page.kept) : []), ...(data.cut ? [fill(say.cut, { count: digits(data.ids.length) })] : data.ids.length ? [] : [say.nothing]));
  legend(answer.legend, answer.state_legend);
  expanse.show(data);
  filtered();
  if (shown.at.length === 3 && shown.at.every(Number.isFinite)) expanse.look({ x: shown.at[0], y: shown.at[1], scale: shown.at[2] });
  else expanse.fit();
  if (shown.open) await choose(data.ids.indexOf(shown.open));
} catch (error) {
  notice(...told(error, say.failed).filter(Boolean));
}
root.dataset.ready = "yes";
// What the browser tests and the bench read; nothing else uses it.
window.peyvand = { data: () => data, view: () => expanse.view, at: (id) => expanse.screen(data.ids.indexOf(id)), sheet: () => Boolean(expanse.sheet?.whole) };
