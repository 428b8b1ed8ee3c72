// The explorer: the steps in the address are the picture; everything else follows from them.
import { json, piece } from "./ask.js";
import { digits, el, fill } from "./dom.js";
import { Picture } from "./picture.js";
import { explain, mark, tabulate } from "./twin.js";

const root = document.querySelector(".explore");
const find = (selector) => root.querySelector(selector);
const page = JSON.parse(document.getElementById("page").textContent);
const say = page.strings;
const canvas = find("#canvas");
let state = { steps: page.steps, without: new URLSearchParams(location.search).get("without")?.split(",").filter(Boolean) ?? [], open: page.open };
let picture = page.picture;
let at = history.state?.at ?? 0;
let last = at;
let selected = { nodes: [], edges: [] };

const drawing = new Picture(canvas, { select, open: (id) => open("node", id) });

function address() {
  const ids = state.steps.map((step) => step.join(",")).join(";");
  const parts = [["ids", ids], ["without", state.without.join(",")], ["open", state.open]].filter(([, value]) => value);
  const query = parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%3B/g, ";")}`);
  return query.length ? `?${query.join("&")}` : location.pathname;
}

/** Put the state into the address: as a new entry to go back from, or in place of the present one. */
function remember({ push }) {
  if (push) last = ++at;
  history[push ? "pushState" : "replaceState"]({ at }, "", address());
  for (const link of document.querySelectorAll("a[data-here]")) {
    const here = address();
    link.href = `${here.startsWith("?") ? here + "&" : "?"}${link.dataset.here}`;
  }
  find("[data-do=undo]").disabled = at === 0;
  find("[data-do=redo]").disabled = at === last;
}

async function refresh({ fit = false } = {}) {
  const query = address().replace(/^[^?]*/, "");
  picture = await json(`/api/v1/picture${query}`);
  show({ fit });
}

function show({ fit }) {
  drawing.draw(picture, { fit });
  tabulate(find(".twin"), picture, (kind, id) => { drawing.select(id); open(kind, id); });
  explain(find(".signs"), picture.legend);
  find(".empty").hidden = picture.nodes.length > 0;
  find(".legend").hidden = picture.nodes.length === 0;
  find(".size").textContent = picture.nodes.length ? fill(say.size, { nodes: digits(picture.nodes.length), ties: digits(picture.edges.reduce((sum, edge) => sum + edge.count, 0)) }) : "";
  const told = [picture.missing.length ? fill(say.missing, { ids: picture.missing.join(", ") }) : "", picture.cut ? fill(say.cut, { count: digits(picture.limit) }) : ""].filter(Boolean);
  find(".notice").textContent = told.join(" ");
  find(".notice").hidden = !told.length;
  if (state.open) reselect();
}

function reselect() {
  const edge = drawing.select(state.open);
  selected = edge ? { nodes: [], edges: [edge.id] } : { nodes: picture.nodes.some((node) => node.id === state.open) ? [state.open] : [], edges: [] };
  mark(find(".twin"), [...selected.nodes, ...selected.edges]);
}

function announce(text) {
  find(".announce").textContent = text;
}

async function add(ids) {
  const known = new Set(state.steps.flat());
  const fresh = ids.filter((id) => !known.has(id));
  const back = ids.filter((id) => state.without.includes(id));
  if (!fresh.length && !back.length) return announce(say.nothing_new);
  state = { ...state, steps: fresh.length ? [...state.steps, fresh] : state.steps, without: state.without.filter((id) => !ids.includes(id)) };
  remember({ push: true });
  await refresh({ fit: true });
  announce(fill(say.added, { count: digits(fresh.length + back.length) }));
}

async function remove() {
  if (!selected.nodes.length) return;
  const gone = selected.nodes;
  state = { ...state, without: [...state.without, ...gone], open: "" };
  selected = { nodes: [], edges: [] };
  remember({ push: true });
  await refresh();
  nothing();
  announce(fill(say.removed, { count: digits(gone.length) }));
}

async function clear() {
  state = { steps: [], without: [], open: "" };
  remember({ push: true });
  await refresh();
  nothing();
}

function nothing() {
  find(".expand").hidden = true;
  find(".details .content").replaceChildren(el("p", { class: "none" }, say.empty));
}

function select(nodes, edges) {
  selected = { nodes, edges };
  mark(find(".twin"), [...nodes, ...edges]);
  if (nodes.length === 1) open("node", nodes[0]);
  else if (edges.length === 1) open("edge", edges[0]);
}

/** Open the details of an entity or of a stroke; the picture stays as it is. */
async function open(kind, id) {
  const edge = kind === "edge" ? picture.edges.find((one) => one.id === id) : null;
  state = { ...state, open: edge ? edge.tie_ids[0] : id };
  selected = edge ? { nodes: [], edges: [id] } : { nodes: [id], edges: [] };
  mark(find(".twin"), [id]);
  remember({ push: false });
  speak(kind, id);
  const from = edge ? `/ties/${edge.tie_ids.join(",")}/panel` : `/entities/${id}/panel`;
  const wanted = state.open;
  const [content] = await Promise.all([piece(from), edge ? hideExpand() : offer(id)]);
  if (state.open === wanted) find(".details .content").replaceChildren(...content);
}

function speak(kind, id) {
  const names = new Map(picture.nodes.map((node) => [node.id, node]));
  if (kind === "node") {
    const node = names.get(id);
    const index = picture.nodes.indexOf(node) + 1;
    if (node) announce(fill(say.node, { name: node.name, type: node.type_name, index: digits(index), count: digits(picture.nodes.length), hidden: digits(node.hidden_count) }));
  } else {
    const edge = picture.edges.find((one) => one.id === id);
    announce(fill(say.edge, { start: names.get(edge.from).name, phrase: edge.phrase, end: names.get(edge.to).name }));
  }
}

function hideExpand() {
  find(".expand").hidden = true;
}

/** Offer the ways in which an entity can be expanded, each with how many there are and how many are new. */
async function offer(id) {
  const shown = picture.nodes.map((node) => node.id).join(",");
  const around = await json(`/api/v1/entities/${id}/neighbours?shown=${encodeURIComponent(shown)}`);
  find(".expand").hidden = around.groups.length === 0;
  find(".expand ul").replaceChildren(...around.groups.map((group) =>
    el("li", {}, el("button", { type: "button", disabled: group.new === 0, "data-type": group.type, "data-direction": group.direction, onclick: () => expand(id, group) },
      fill(say.expand, { name: group.name, count: digits(group.count), new: digits(group.new) })))));
}

async function expand(id, group) {
  const shown = picture.nodes.map((node) => node.id).join(",");
  const query = new URLSearchParams({ type: group.type, direction: group.direction, shown });
  const found = await json(`/api/v1/entities/${id}/expand?${query}`);
  await add(found.ids);
  await offer(id);
}

async function expandAll(id) {
  const shown = picture.nodes.map((node) => node.id);
  const around = await json(`/api/v1/entities/${id}/neighbours?shown=${encodeURIComponent(shown.join(","))}`);
  const all = [];
  for (const group of around.groups.filter((one) => one.new)) {
    const query = new URLSearchParams({ type: group.type, direction: group.direction, shown: [...shown, ...all].join(",") });
    all.push(...(await json(`/api/v1/entities/${id}/expand?${query}`)).ids);
  }
  await add(all);
  await offer(id);
}

const actions = {
  undo: () => at > 0 && history.back(),
  redo: () => at < last && history.forward(),
  fit: () => drawing.fit(),
  remove,
  clear,
  copy: async () => { await navigator.clipboard.writeText(location.href); announce(say.copied); },
  twin: () => {
    const twin = find(".twin");
    twin.hidden = !twin.hidden;
    find("[data-do=twin]").setAttribute("aria-pressed", String(!twin.hidden));
  },
  help: () => find(".keys").showModal(),
};

function onKey(event) {
  if (event.target.closest("input, textarea, select, dialog")) return;
  const key = event.key;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") return actions[event.shiftKey ? "redo" : "undo"]();
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "y") return actions.redo();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const plain = { f: "fit", c: "copy", t: "twin", "?": "help" }[key.toLowerCase()];
  if (plain) return actions[plain]();
  if (key === "Delete") return event.shiftKey ? clear() : remove();
  if (document.activeElement !== canvas) return;
  const id = selected.nodes[0];
  if (key.startsWith("Arrow")) {
    event.preventDefault();
    const next = drawing.neighbour(id, key);
    if (next) { drawing.select(next); drawing.center(next); open("node", next); }
  } else if (key === "Enter" && id) {
    event.preventDefault();
    find(".expand button:not(:disabled)")?.focus();
  } else if (key.toLowerCase() === "e" && id) expandAll(id);
}

function restore() {
  const query = new URLSearchParams(location.search);
  state = { steps: (query.get("ids") ?? "").split(";").filter(Boolean).map((step) => step.split(",").filter(Boolean)), without: (query.get("without") ?? "").split(",").filter(Boolean), open: query.get("open") ?? "" };
}

window.addEventListener("popstate", async (event) => {
  at = event.state?.at ?? 0;
  restore();
  remember({ push: false });
  await refresh({ fit: true });
});
document.addEventListener("keydown", onKey);
document.addEventListener("peyvand:add", async (event) => {
  state.open = event.detail;
  await add([event.detail]);
  drawing.select(event.detail);
  await open("node", event.detail);
});
root.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-do]");
  if (tool) return actions[tool.dataset.do]();
  const start = event.target.closest("a[data-add]");
  const link = event.target.closest(".details a[data-entity]");
  const id = start?.dataset.add ?? link?.dataset.entity;
  if (!id || event.ctrlKey || event.metaKey || event.shiftKey || id.startsWith("source:")) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("peyvand:add", { detail: id }));
});

const splitter = find(".splitter");
function widen(width) {
  const bounded = Math.max(240, Math.min(720, width));
  root.style.setProperty("--details", `${bounded}px`);
  splitter.setAttribute("aria-valuenow", String(Math.round(bounded)));
}
splitter.addEventListener("pointerdown", (event) => {
  splitter.setPointerCapture(event.pointerId);
  splitter.onpointermove = (move) => {
    const box = root.getBoundingClientRect();
    widen(document.dir === "rtl" ? move.clientX - box.left : box.right - move.clientX);
  };
  splitter.onpointerup = () => { splitter.onpointermove = null; };
});
splitter.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: 24, ArrowRight: -24 }[event.key];
  if (step) widen(Number(splitter.getAttribute("aria-valuenow")) + (document.dir === "rtl" ? -step : step));
});

await document.fonts.load("13px Vazirmatn", "پیوند");
remember({ push: false });
show({ fit: true });
const edge = picture.edges.find((one) => one.tie_ids.includes(state.open));
if (state.open) await open(edge ? "edge" : "node", edge ? edge.id : state.open);
root.dataset.ready = "yes";
// What the browser tests read; nothing else uses it.
window.peyvand = { positions: () => drawing.network.getPositions(), at: (id) => drawing.network.canvasToDOM(drawing.network.getPosition(id)) };
