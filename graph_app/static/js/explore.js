// The explorer: the steps in the address are the picture; everything else follows from them.
import { bare, read, renamed, write } from "./address.js";
import { Arrangement } from "./arrangement.js";
import { json, told } from "./ask.js";
import { clicks } from "./clicks.js";
import { extend } from "./columns.js";
import { copied } from "./cypher.js";
import { Details } from "./details.js";
import { bring, digits, el, fill, listed } from "./dom.js";
import { Growing } from "./growing.js";
import { filled, said, StepList } from "./history.js";
import { listen } from "./keys.js";
import { Notes } from "./notes.js";
import { Picture } from "./picture.js";
import { Selection } from "./selection.js";
import { Sieve } from "./sieve.js";
import { siftedOf } from "./sifted.js";
import { resizable } from "./splitter.js";
import { spoken } from "./spoken.js";
import { drawnFor, entities, namesIn } from "./stacks.js";
import { opened, Steps } from "./steps.js";
import { Together } from "./together.js";
import { rove } from "./toolbar.js";
import { explain, mark, tabulate } from "./twin.js";

const FACTS = 60; // told at once of one stroke
const root = document.querySelector(".explore");
const find = (selector) => root.querySelector(selector);
const page = JSON.parse(document.getElementById("page").textContent);
const say = page.strings;
const canvas = find("#canvas");
let { merged } = page.picture; // what the address called by an id that was merged since; said until the next step
let state = renamed(read(), merged);
const steps = new Steps(opened(state, page.view?.steps));
let picture = page.picture;
let selected = { nodes: [], edges: [] };

const details = new Details(find(".details"), say, attempted((id, group) => growing.expand(id, group)), () => siftedOf(state));
const drawing = new Picture(canvas, { select: attempted(select), open: () => details.focus(), more: attempted(more), moved: attempted((ids) => arrangement.dragged(ids)) }, page.states, {
  above: [find(".caption"), find(".notice"), find(".size")], below: [find(".year-bar")], beside: [find(".arrange"), find(".sieve"), find(".step-list")], corner: [find(".legend")],
});
const list = new StepList(find(".step-list"), page, (at) => go(at));
const shown = () => entities(picture.nodes.map((node) => node.id), picture);
const present = () => [...shown(), ...picture.sifted.ids]; // what filters hide is in the picture, too
const announce = (text) => { find(".announce").textContent = text; };

/** Return `work` so that a failure becomes a sentence on the page. */
function attempted(work) {
  return async (...values) => {
    try {
      await work(...values);
    } catch (error) {
      notice(...told(error, say.failed));
    }
  };
}

const growing = new Growing({
  say, details, announce, notice, present, state: () => state, picture: () => picture, chosen: () => chosen(),
  set: (fields, words) => { state = { ...state, ...fields }; remember(words); }, refresh, chip: (count, go) => together.chip(count, go),
});
const add = (ids, how) => growing.add(ids, how);
const together = new Together({
  say, details, attempted, add, putAway: (ids) => growing.putAway(ids), announce, notice, shown: present,
  chosen: () => acted(), nameOf: (id) => nameOf(id), picture: () => picture,
  step: (id) => Math.min(...entities([id], picture).map((one) => state.steps.findIndex((step) => step.includes(one)))),
  reoffer: () => reoffer(),
});
const acts = Object.fromEntries(["everything", "collapse", "common", "paths"].map((name) => [name, attempted(() => together[name]())]));
const marks = new Selection(find(".selection"), say, { ...acts, unmark });

/** What was marked, and what is open; and the ids that tools act on, since a stack stands for all that it holds. */
const chosen = () => marks.with(selected.nodes);
const acted = () => entities(chosen(), picture);

const arrangement = new Arrangement({
  root, drawing, details, chosen, attempted, announce, notice,
  say: page.arrange, headings: page.headings, told: page.step_names, state: () => state, picture: () => picture, isLastStep: (name) => steps.entries[steps.at].words?.name === name,
  change: (fields, words, how) => rearrange(fields, words, how), replace: (fields) => rearrange(fields),
});

const sieve = new Sieve({
  root, canvas, say: page.sieve, today: page.today, attempted, announce, state: () => state, picture: () => picture,
  change: (fields, words) => rearrange(fields, words), address: () => write(bare(state)),
});

const notes = new Notes({
  root, attempted, announce, say: page.notes, limits: page.limits, state: () => state, picture: () => picture, selected: () => selected,
  nameOf: (id) => nameOf(id), change: (fields, words) => rearrange(fields, words),
});

/** Arrange the picture in another way, as a step if there are words for it. */
async function rearrange(fields, words, { fit = false } = {}) {
  state = { ...state, ...fields };
  remember(words);
  await refresh({ fit });
  if (["hide", "as_of", "undated"].some((name) => name in fields)) await reoffer();
}

/** Count again what the open entity can be expanded by. */
async function reoffer() {
  if (selected.nodes.length) await details.offer(selected.nodes[0], present());
}

/** Ring what is chosen, in the picture and in its table, and offer what can be done with it. */
function offer() {
  const ids = chosen();
  if (ids.length > 1) drawing.ring(ids);
  mark(find(".twin"), [...ids, ...selected.edges], marks.marked);
  marks.show(ids, new Map(picture.nodes.map((node) => [node.id, node.name])));
  notes.refresh();
}

/** Select several, to be acted on together; the address keeps it. */
function marking(ids) {
  marks.marked = ids;
  state = { ...state, marked: ids };
  remember();
}

/** Show sentences and links below the picture; nothing hides the place. */
function notice(...parts) {
  const said = parts.filter(Boolean);
  const ends = (part, next) => (typeof part === "string" && typeof next === "string" && !/[.:؟?!]$/.test(part) ? ". " : " ");
  const shown = said.flatMap((part, index) => (index ? [ends(said[index - 1], part), part] : [part]));
  find(".notice").replaceChildren(...shown);
  find(".notice").hidden = !shown.length;
}

/** Put the state into the address, as a new step if there are words for it. */
function remember(words) {
  if (words) merged = {};
  steps.remember(state, words);
  const here = write(state);
  for (const link of document.querySelectorAll("a[data-here]")) {
    link.href = `${here.startsWith("?") ? `${here}&` : "?"}${link.dataset.here}`;
  }
  find("[data-do=undo]").disabled = !steps.canUndo;
  find("[data-do=redo]").disabled = !steps.canRedo;
  list.show(steps);
}

/** Go to a step of the list. */
const go = attempted(async (at) => {
  const found = steps.jump(at);
  if (found) await arrived(found);
});

/** Show the state at which the reader arrived, and say which step it was. */
async function arrived(found) {
  state = found;
  remember();
  await refresh({ fit: true });
  await reopen();
  announce(said(steps.entries[steps.at], page, list.names));
}

/** What the server is asked for: the picture, whatever is open, selected or written on it. */
const asked = () => write({ ...bare(state), notes: {} });

async function refresh({ fit = false } = {}) {
  const here = asked();
  const answer = await json(`/api/v1/picture${here.startsWith("?") ? here : ""}`);
  if (here !== asked()) return;
  picture = answer;
  if (Object.keys(picture.merged).length) {
    merged = picture.merged;
    state = renamed(state, merged);
    remember();
  }
  show({ fit });
}

const mergings = () => Object.entries(merged).map(([id, kept]) => fill(say.merged, { id, name: nameOf(kept) }));

function show({ fit }) {
  notes.write(picture);
  notes.refresh();
  explain(find(".signs"), picture.legend, page.states, sieve);
  find(".legend").hidden = picture.nodes.length + picture.sifted.ids.length === 0;
  drawing.draw(picture, { fit }); // after legend and caption, since the whole picture is shown clear of them
  list.learn([...picture.nodes, ...picture.groups]);
  list.show(steps);
  marks.marked = state.marked.filter((id) => picture.nodes.some((node) => node.id === id));
  tabulate(find(".twin"), picture, say, { choose: (kind, id) => choose(kind, id), mark: (id) => tick(id), more: attempted(more), behind: attempted(behind) });
  extend(find(".twin"), picture, page.arrange);
  arrangement.refresh();
  find(".empty").hidden = picture.nodes.length + picture.sifted.ids.length > 0;
  sieve.refresh();
  const ties = picture.edges.reduce((sum, edge) => sum + edge.count, 0);
  find(".size").textContent = picture.nodes.length ? fill(say.size, { nodes: digits(shown().length), ties: digits(ties) }) : "";
  notice(...mergings(), ...sieve.notice(), arrangement.lacking(), picture.inside && fill(page.arrange.inside, { count: digits(picture.inside) }), state.size && !picture.nodes.some((node) => node.measure) && picture.nodes.length && page.arrange.too_large, picture.missing.length && fill(say.missing, { ids: listed(picture.missing) }), picture.cut && fill(say.cut, { count: digits(picture.limit) }), picture.cut && el("a", { href: `/panorama${write({ steps: state.steps, without: [], as_of: state.as_of })}` }, say.all));
  pick(state.open);
}

/** Select what `id` names, in the picture and in its table; tell which it was. */
function pick(wanted) {
  const id = drawnFor(wanted, picture);
  const edge = drawing.select(id);
  const node = picture.nodes.some((one) => one.id === id);
  selected = { nodes: node ? [id] : [], edges: edge ? [edge.id] : [] };
  offer();
  return { node, edge };
}

/** Open the details of an entity or of a stroke; the picture stays as it is. */
async function open(kind, id) {
  const edge = kind === "edge" ? picture.edges.find((one) => one.id === id) : null;
  state = { ...state, open: edge ? edge.fact_ids[0] : id };
  selected = edge ? { nodes: [], edges: [id] } : { nodes: [drawnFor(id, picture)], edges: [] };
  offer();
  remember();
  announce(spoken({ edge, id, picture, say, index: drawing.order().indexOf(id) + 1, ofStack: (node, index) => arrangement.spoken(node, index) }));
  const stack = picture.nodes.find((one) => one.id === id && one.members);
  if (stack) return arrangement.list(stack);
  if (id.startsWith("group:")) return details.clear();
  if (edge) {
    details.hideMenu();
    await details.show(`/ties/${edge.fact_ids.slice(0, FACTS).join(",")}/panel`);
  } else await Promise.all([details.show(`/entities/${id}/panel`), details.offer(id, present())]);
}

/** Open what the address names: an entity, shown or not, or a tie by its id. */
async function reopen() {
  const { edge } = pick(state.open);
  if (!state.open) details.clear();
  else if (edge) await open("edge", edge.id);
  else if (`${state.open.split(":")[0].toUpperCase()} out` in page.headings) await details.show(`/ties/${state.open}/panel`);
  else await open("node", state.open);
}

const choose = attempted(async (kind, id) => {
  drawing.select(drawnFor(id, picture));
  await open(kind, id);
});

async function select(nodes, edges) {
  selected = { nodes, edges };
  marking(nodes.length > 1 ? nodes : []);
  offer();
  if (nodes.length > 1) announceMarked();
  if (nodes.length === 1) await open("node", nodes[0]);
  else if (edges.length === 1) await open("edge", edges[0]);
}

/** The count at a disc was chosen: open the entity and the ways to expand it. */
async function more(id) {
  if (find(".details").hidden) actions.details();
  await choose("node", id);
  details.focus();
}

/** A number of the table was chosen: open what it counts, and go there. */
async function behind(kind, id) {
  if (find(".details").hidden) actions.details();
  await choose(kind, id);
  details.told();
}

const nameOf = (id) => namesIn(picture).get(id) ?? id;

function announceMarked() {
  announce(fill(say.selected, { count: digits(marks.marked.length), names: listed(marks.marked.map(nameOf)) }));
}

/** Mark an entity to be acted on together with others, or take the mark away. */
function toggleMark(id) {
  marks.toggle(id);
  marking(marks.marked);
  offer();
  announceMarked();
}

/** Mark by the box in the table: then only those with a tick are selected, not what is open as well. */
function tick(id) {
  selected = { nodes: [], edges: [] };
  toggleMark(id);
}

function unmark() {
  marking([]);
  drawing.select(selected.nodes[0] ?? selected.edges[0] ?? "");
  offer();
}

async function clear() {
  state = read("");
  remember({ name: "cleared" });
  await refresh();
  details.clear();
}

/** Show beside the picture what its shape says, and read it out. */
async function measure() {
  if (!picture.nodes.length) return;
  if (find(".details").hidden) actions.details();
  notice();
  for (const part of [".selection", ".noted"]) find(part).hidden = true; // it is about the whole picture
  await details.answer(`/explore/measures${write(bare(state))}`);
  announce([...details.content.querySelectorAll(".finding")].map((one) => one.textContent).join(" "));
}

function toggle(part, tool) {
  const place = find(part);
  place.hidden = !place.hidden;
  find(`[data-do=${tool}]`).setAttribute("aria-pressed", String(!place.hidden));
  if (!place.hidden && part !== ".step-list") bring(place);
}

function ask(dialog) {
  if (!picture.nodes.length) return;
  filled(root, state, steps);
  find(dialog).showModal();
}

/** Put away the panels at the start side but for `kept`, since they lie in one place. */
function alone(kept) {
  if (kept !== "steps" && !find(".step-list").hidden) toggle(".step-list", "steps");
  if (kept !== "arrange" && !find(".arrange").hidden) arrangement.show(false);
  if (kept !== "filters" && !find(".sieve").hidden) return sieve.toggle();
}

const actions = {
  undo: () => go(steps.at - 1),
  redo: () => go(steps.at + 1),
  steps: () => { alone("steps"); toggle(".step-list", "steps"); },
  save: () => ask(".save"),
  compare: () => ask(".compare"),
  fit: () => drawing.fit(),
  closer: () => drawing.zoom(1.25),
  farther: () => drawing.zoom(0.8),
  remove: attempted(() => growing.remove()),
  clear: attempted(clear),
  copy: attempted(async () => { await navigator.clipboard.writeText(location.href); announce(say.copied); }),
  brief: () => location.assign(`/briefing${write({ ...state, open: "", marked: [] })}`),
  details: () => { toggle(".details", "details"); find(".splitter").hidden = find(".details").hidden; },
  twin: () => toggle(".twin", "twin"),
  common: acts.common,
  paths: acts.paths,
  collapse: acts.collapse,
  arrange: () => { alone("arrange"); arrangement.toggle("layout"); },
  group: () => { alone("arrange"); arrangement.toggle("group"); },
  pin: attempted(() => arrangement.pin()),
  note: () => notes.open(),
  measure: attempted(measure),
  filters: attempted(() => { alone("filters"); return sieve.toggle(); }),
  time: attempted(() => sieve.time()),
  help: () => find(".keys").showModal(),
};

listen(canvas, actions, {
  walk: (step) => {
    const next = drawing.next(selected.nodes[0], step);
    if (!next) return;
    drawing.reveal(next);
    choose("node", next);
  },
  enter: () => selected.nodes.length + selected.edges.length && details.focus(),
  everything: acts.everything,
  mark: () => selected.nodes.length && toggleMark(selected.nodes[0]),
  unmark,
});
document.addEventListener("peyvand:add", attempted(async ({ detail: id }) => {
  state.open = id;
  await add([id]);
  await choose("node", id);
  canvas.focus();
}));
window.addEventListener("popstate", attempted(async (event) => {
  steps.arrive(event);
  await arrived(read());
}));
clicks(root, {
  tool: (name) => actions[name](),
  copy: attempted(async (button) => { await copied(button); announce(say.statement_copied); }),
  select: (id) => choose("node", id),
  panel: (address) => details.show(address),
  add: attempted(add),
  bring: (id) => document.dispatchEvent(new CustomEvent("peyvand:add", { detail: id })),
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show({ fit: false }));

rove(find(".tools"));
resizable(root, find(".splitter"));
await document.fonts.load("13px Vazirmatn", "پیوند");
remember();
if (Object.keys(merged).length) await refresh({ fit: true }); // notes and pins of what was merged go with it
else show({ fit: true });
await attempted(reopen)();
root.dataset.ready = "yes";
// What the browser tests read; nothing else uses it.
window.peyvand = { scale: () => drawing.network.getScale(), positions: () => drawing.network.getPositions(), at: (id) => drawing.network.canvasToDOM(drawing.network.getPosition(id)) };
