// The picture: vis-network behind a small interface, so that another renderer can take its place.
import { drawCounts, drawGround, drawPins } from "./ground.js";
import { afar, drawNames } from "./names.js";
import { countAt, drawNotes, drawSigns } from "./signs.js";

const OPTIONS = {
  autoResize: true,
  nodes: { size: 20, borderWidth: 2, borderWidthSelected: 4, shapeProperties: { useBorderWithImage: true } },
  edges: { width: 1.5, selectionWidth: 1, hoverWidth: 0.6, arrows: { to: { scaleFactor: 0.45 } }, smooth: false },
};
const DIM = 0.22;
const LETTER = 13; // pixels
const NOTHING = JSON.stringify([[], []]); // emphasised
const UNSOURCED = "#b45309"; // as in the lists
const TOOLS = 44; // pixels that the tools cover at the top
const NAMES = 26; // pixels for the names over outlines
const MARGIN = 14; // pixels around the whole picture
const CLOSEST = 1.3; // scale, beyond which a small picture is not enlarged
const LEAST = 0.6; // share of the height that the picture gets, whatever lies above and below it
const EDGE = 60; // pixels from the rim that still count as out of view

export class Picture {
  /**
   * @param {HTMLElement} place where to draw @param {object} events select(nodes, edges), open(id), more(id), moved(ids) @param {object} states badges
   * @param {object} over what lies over the picture, a list of elements each: `above` below the tools, `below` along the bottom, `beside` at the
   * start side, `corner` in its lower corner; the whole picture is shown clear of them
   */
  constructor(place, events, states, over = {}) {
    this.place = place;
    this.over = { above: [], below: [], beside: [], corner: [], ...over };
    this.picture = {};
    this.strokes = new Map(); // how many end at each entity
    this.named = new Map(); // where names stand in a picture seen from afar
    this.ink = inks(place);
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, { physics: false });
    this.refit();
    this.network.on("select", ({ nodes, edges }) => {
      const chosen = nodes.length ? [] : edges;
      this.emphasise(nodes, chosen);
      events.select(nodes, chosen);
    });
    this.network.on("click", ({ pointer, nodes }) => {
      const id = countAt(pointer.canvas, this.network, this.nodes.get());
      if (id) return events.more(id);
      const { x, y } = pointer.canvas;
      const [named] = [...this.named].find(([, [left, top, right, bottom]]) => left < x && x < right && top < y && y < bottom) ?? [];
      if (!named || nodes.length) return;
      this.select(named); // vis-network knows nothing of names that it does not draw
      events.select([named], []);
    });
    this.network.on("hold", ({ event, pointer }) => {
      const id = event.pointerType === "touch" && this.network.getNodeAt(pointer.DOM);
      // when the finger is lifted: the page may scroll to the menu, and a finger that is still down would then press what has come under it
      const lifted = (end) => { end.preventDefault(); events.more(id); };
      if (id) place.addEventListener("touchend", lifted, { once: true, passive: false, capture: true });
    });
    this.network.on("doubleClick", ({ nodes }) => nodes.length && events.open(nodes[0]));
    this.network.on("dragEnd", ({ nodes }) => nodes.length && events.moved?.(nodes));
    this.network.on("beforeDrawing", (context) => {
      this.network.nodesHandler.options.scaling.label.drawThreshold = afar(this.network.getScale()) ? Infinity : 0; // else both would write the names
      drawGround(context, this.picture, this.places(), { ...this.ink, scale: this.network.getScale() });
    });
    this.network.on("afterDrawing", (context) => {
      const [nodes, places] = [this.nodes.get(), this.places()];
      drawSigns(context, this.network, nodes, states);
      drawCounts(context, nodes, places, { ...this.ink, scale: this.network.getScale() });
      this.named = drawNames(context, nodes, places, this.strokes, { ...this.ink, scale: this.network.getScale() });
      drawPins(context, nodes, places, this.ink);
      drawNotes(context, nodes, this.edges.get({ filter: (edge) => edge.note }), places);
    });
  }

  /** While the whole picture is shown, show the whole of it again when something comes to lie over it, or its place changes. */
  refit() {
    const again = () => this.whole && this.whole !== JSON.stringify(this.rooms()) && this.fit();
    const seen = new ResizeObserver(again);
    for (const one of Object.values(this.over).flat()) seen.observe(one);
    this.network.on("resize", () => queueMicrotask(() => this.whole && this.fit())); // when it has taken its new size, and moved what it shows
    for (const moved of ["zoom", "dragEnd"]) this.network.on(moved, () => { this.whole = ""; });
  }

  /** Draw nodes and edges; the view stays as it is unless `fit` is asked for. */
  draw(picture, { fit }) {
    const { nodes, edges, options } = picture;
    this.picture = picture;
    this.ink = inks(this.place);
    this.once(() => {
      this.settle({ ...options, ...OPTIONS, nodes: { ...OPTIONS.nodes, font: lettering(this.ink) } });
      this.edges.clear();
      this.nodes.clear();
      this.nodes.add(nodes.map((node) => styled(node, this.ink)));
      this.edges.add(edges.map((edge) => stroked(edge, this.ink)));
      this.strokes = new Map();
      for (const id of edges.flatMap(({ from, to }) => [from, to])) this.strokes.set(id, (this.strokes.get(id) ?? 0) + 1);
      this.emphasised = NOTHING;
      if (fit) this.fit();
    });
  }

  settle(options) {
    const told = JSON.stringify(options);
    if (told !== this.options) this.network.setOptions(options);
    this.options = told;
  }

  /** Do `work`, and let the next frame draw it: left to itself, vis-network draws after each of the changes. */
  once(work) {
    if (this.blocked) return work();
    const { emitter } = this.network.body;
    this.blocked = true;
    emitter.emit("_blockRedraw");
    try {
      work();
    } finally {
      this.blocked = false;
      emitter.emit("_allowRedraw");
      emitter.emit("_requestRedraw");
    }
  }

  /** Show the whole picture in the largest room that nothing lies over. */
  fit() {
    const rooms = this.rooms();
    this.whole = JSON.stringify(rooms);
    const box = this.extent();
    if (!box) return;
    const scaleIn = ({ width, height }) => Math.max(0.01, Math.min(CLOSEST, (width - 2 * MARGIN) / box.width, (height - 2 * MARGIN) / box.height));
    const room = rooms.reduce((best, one) => (scaleIn(one) > scaleIn(best) ? one : best));
    const offset = { x: room.left + (room.width - this.place.clientWidth) / 2, y: room.top + (room.height - this.place.clientHeight) / 2 };
    this.network.moveTo({ position: { x: box.x, y: box.y }, scale: scaleIn(room), offset });
  }

  /** The rooms on the canvas that nothing lies over: all of its width above the lower corner, or all of its height beside it. */
  rooms() {
    const { clientWidth: width, clientHeight: height } = this.place;
    const most = (part, side) => Math.max(0, ...this.over[part].map((one) => one[side]));
    const named = this.picture.ground?.outlines?.length ? NAMES : 0;
    const space = Math.min((1 - LEAST) * height, most("below", "offsetHeight"));
    const edge = this.place.getBoundingClientRect().top;
    const low = (one) => (one.offsetHeight ? one.getBoundingClientRect().bottom - edge : 0);
    const tools = this.over.above.length ? TOOLS : 0; // small pictures have none
    const top = named + Math.min(0.3 * height + tools, Math.max(tools, ...this.over.above.map(low)));
    const bottom = Math.max(LEAST * height, height - space);
    const wide = (part) => { const found = most(part, "offsetWidth"); return found && 2 * found < width ? found + MARGIN : 0; };
    const room = (across, foot) => ({ left: document.dir === "rtl" ? 0 : across, width: width - across, top, height: foot - top });
    const beside = wide("beside");
    const corner = most("corner", "offsetHeight");
    const over = room(beside, Math.max(LEAST * height, bottom - corner));
    return wide("corner") || !corner ? [over, room(Math.max(beside, wide("corner")), bottom)] : [over];
  }

  /** The box around all discs with their names and all outlines; null if there are none. vis-network knows it only once it has drawn them. */
  extent() {
    const places = this.places();
    const boxes = this.nodes.get().map((node) => around(node, places[node.id]));
    const corners = (this.picture.ground?.outlines ?? []).flatMap(({ points }) => points.map(([x, y]) => ({ left: x, right: x, top: y, bottom: y })));
    const all = [...boxes, ...corners];
    if (!all.length) return null;
    const [left, top] = [Math.min(...all.map((one) => one.left)), Math.min(...all.map((one) => one.top))];
    const [right, bottom] = [Math.max(...all.map((one) => one.right)), Math.max(...all.map((one) => one.bottom))];
    return { x: (left + right) / 2, y: (top + bottom) / 2, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
  }

  places() {
    return this.network.getPositions();
  }

  move(id, x, y) {
    this.network.moveNode(id, x, y);
  }

  zoom(factor) {
    this.whole = "";
    this.network.moveTo({ scale: Math.max(0.1, Math.min(4, this.network.getScale() * factor)) });
  }

  /** Ring the entity or tie `id`; return its edge if it is a tie. */
  select(id) {
    const edge = this.edges.get().find((one) => one.id === id || one.tie_ids.includes(id));
    const node = this.nodes.get(id);
    this.once(() => {
      if (node) this.network.selectNodes([id], false);
      else if (edge) this.network.selectEdges([edge.id]);
      else this.network.unselectAll();
      this.emphasise(node ? [id] : [], !node && edge ? [edge.id] : []);
    });
    return edge;
  }

  /** Ring several entities. */
  ring(ids) {
    this.once(() => {
      this.network.selectNodes(ids.filter((id) => this.nodes.get(id)), false);
      this.emphasise(ids, []);
    });
  }

  /** Keep what is chosen and what it touches in full ink, and dim the rest; everything is full when nothing is chosen. */
  emphasise(nodes, edges) {
    const told = JSON.stringify([nodes, edges]);
    if (told === this.emphasised) return;
    this.emphasised = told;
    const all = this.edges.get();
    const lit = all.filter((edge) => edges.includes(edge.id) || nodes.includes(edge.from) || nodes.includes(edge.to));
    const near = new Set([...nodes, ...lit.flatMap((edge) => [edge.from, edge.to])]);
    const everything = !nodes.length && !edges.length;
    const bright = new Set(lit.map((edge) => edge.id));
    this.once(() => {
      this.nodes.update(this.nodes.getIds().map((id) => shaded(id, everything || near.has(id), this.ink)));
      this.edges.update(all.map((edge) => inked(edge, everything || bright.has(edge.id), edges.includes(edge.id), this.ink)));
    });
  }

  /** Ids in reading order: row by row from the top, each row from the start side. */
  order() {
    const places = this.network.getPositions();
    const side = document.dir === "rtl" ? -1 : 1;
    const row = (id) => Math.round(places[id].y / 40);
    return Object.keys(places).sort((a, b) => row(a) - row(b) || side * (places[a].x - places[b].x) || (a < b ? -1 : 1));
  }

  /** The entity to walk to from `id`: one step in reading order, or the nearest one above or below. */
  next(id, step) {
    const order = this.order();
    const at = order.indexOf(id);
    if (at < 0 || step === "first") return order[0];
    if (step === "last") return order.at(-1);
    if (typeof step === "number") return order[(at + step + order.length) % order.length];
    return this.vertical(id, step === "down" ? 1 : -1) ?? id;
  }

  vertical(id, direction) {
    const places = this.network.getPositions();
    const here = places[id];
    const cost = (other) => direction * (places[other].y - here.y) + 2 * Math.abs(places[other].x - here.x);
    const ahead = Object.keys(places).filter((other) => direction * (places[other].y - here.y) > 1);
    return ahead.sort((a, b) => cost(a) - cost(b))[0];
  }

  /** Bring an entity into view; the picture stays still when it is in view already. */
  reveal(id) {
    const { x, y } = this.network.canvasToDOM(this.network.getPosition(id));
    const inside = x > EDGE && y > EDGE && x < this.place.clientWidth - EDGE && y < this.place.clientHeight - EDGE;
    if (inside) return;
    this.whole = "";
    this.network.focus(id, { scale: this.network.getScale(), animation: false });
  }
}

const pen = document.createElement("canvas").getContext("2d");

/** The box around a disc at a place, with its name below. */
function around({ label = "", size = 20 }, { x, y }) {
  pen.font = `${LETTER}px Vazirmatn`;
  const lines = label.split("\n");
  const half = Math.max(size, ...lines.map((line) => pen.measureText(line).width / 2));
  return { left: x - half, right: x + half, top: y - size, bottom: y + size + (lines.length + 0.5) * LETTER };
}

function inks(place) {
  const style = getComputedStyle(place);
  return { text: style.getPropertyValue("--text").trim(), ground: style.getPropertyValue("--ground").trim() };
}

function lettering({ text, ground }) {
  return { face: "Vazirmatn", size: LETTER, color: text, vadjust: 2, strokeWidth: 4, strokeColor: ground };
}

function styled(node, ink) {
  const { text } = ink;
  const colour = node.color;
  const ring = { background: colour, border: text };
  if (node.change === "") return { ...node, opacity: DIM, color: { background: colour, border: colour, highlight: ring, hover: ring }, font: { color: quietened(ink) } };
  if (node.quotation) return quoted(node, ink);
  return {
    ...node,
    ...(node.unsourced ? { shapeProperties: { useBorderWithImage: true, borderDashes: [2, 4] }, borderWidth: 4 } : {}),
    color: { background: colour, border: node.unsourced ? UNSOURCED : colour, highlight: ring, hover: ring },
    opacity: 1,
    title: [node.other_name, node.type_name, node.note].filter(Boolean).join("\n"),
  };
}

/** What somebody said is a slip of text in quotation marks, not a disc: it is no fact. */
function quoted(node, { text, ground }) {
  const slip = { background: ground, border: text };
  return {
    ...node,
    shape: "box",
    image: undefined,
    label: `«${node.label}»`,
    color: { ...slip, border: node.color, highlight: slip, hover: slip },
    shapeProperties: { borderDashes: [5, 4], borderRadius: 2 },
    opacity: 1,
    title: [node.other_name, node.type_name].filter(Boolean).join("\n"),
  };
}

function shaded(id, lit, { text }) {
  return { id, opacity: lit ? 1 : DIM, font: { color: lit ? text : faint(text) } };
}

/** A hex ink, mostly transparent. */
function faint(ink) {
  return `${ink}${Math.round(255 * DIM).toString(16)}`;
}

function opacity(edge) {
  return edge.light || edge.derived ? 0.4 : 0.75;
}

function inked(edge, lit, chosen, { text }) {
  const own = edge.unsourced ? UNSOURCED : text;
  const color = { color: own, highlight: own, hover: own, opacity: chosen ? 1 : lit ? opacity(edge) : 0.1 };
  return { id: edge.id, color, label: chosen ? edge.phrase : edge.number };
}

/** The ink of what steps back. */
const quietened = ({ text }) => `color-mix(in srgb, ${text} 45%, transparent)`;

function stroked(edge, { text, ground }) {
  return {
    ...edge,
    smooth: edge.bent ? { enabled: true, type: "curvedCW", roundness: 0.18 } : false,
    number: edge.label || "",
    label: edge.label || "",
    color: { color: edge.unsourced ? UNSOURCED : text, opacity: opacity(edge), highlight: text, hover: text },
    font: { face: "Vazirmatn", size: 12, color: text, strokeWidth: 4, strokeColor: ground, align: "horizontal" },
    title: [edge.phrase, edge.certainty, edge.state_name, edge.note].filter(Boolean).join("\n"),
  };
}
