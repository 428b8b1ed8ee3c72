// The picture: vis-network behind a small interface, so that another renderer can take its place.
import { drawCounts, drawGround, drawPins } from "./ground.js";
import { countAt, drawNotes, drawSigns } from "./signs.js";

const OPTIONS = {
  autoResize: true,
  nodes: { size: 20, borderWidth: 2, borderWidthSelected: 4, shapeProperties: { useBorderWithImage: true } },
  edges: { width: 1.5, selectionWidth: 1, hoverWidth: 0.6, arrows: { to: { scaleFactor: 0.45 } }, smooth: false },
};
const DIM = 0.22;
const UNSOURCED = "#b45309"; // as in the lists
const TOOLS = 44; // pixels that the tools cover at the top
const NAMES = 36; // pixels for the names over outlines
const MARGIN = 14; // pixels around the whole picture
const EDGE = 60; // pixels from the rim that still count as out of view

export class Picture {
  /**
   * @param {HTMLElement} place where to draw @param {object} events select(nodes, edges), open(id), more(id), moved(ids) @param {object} states badges
   * @param {HTMLElement[]} over what lies over the bottom of the picture: the whole picture is shown clear of it
   * @param {HTMLElement} [caption] what lies below the tools
   */
  constructor(place, events, states, over = [], caption = null) {
    this.caption = caption;
    this.place = place;
    this.over = over;
    this.picture = {};
    this.ink = inks(place);
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, {});
    this.network.on("select", ({ nodes, edges }) => {
      const chosen = nodes.length ? [] : edges;
      this.emphasise(nodes, chosen);
      events.select(nodes, chosen);
    });
    this.network.on("click", ({ pointer }) => {
      const id = countAt(pointer.canvas, this.network, this.nodes.get());
      if (id) events.more(id);
    });
    this.network.on("hold", ({ event, pointer }) => {
      const id = event.pointerType === "touch" && this.network.getNodeAt(pointer.DOM);
      // when the finger is lifted: the page may scroll to the menu, and a finger that is still down would then press what has come under it
      const lifted = (end) => { end.preventDefault(); events.more(id); };
      if (id) place.addEventListener("touchend", lifted, { once: true, passive: false, capture: true });
    });
    this.network.on("doubleClick", ({ nodes }) => nodes.length && events.open(nodes[0]));
    this.network.on("dragEnd", ({ nodes }) => nodes.length && events.moved?.(nodes));
    this.network.on("beforeDrawing", (context) => drawGround(context, this.picture, this.places(), { ...this.ink, scale: this.network.getScale() }));
    this.network.on("afterDrawing", (context) => {
      drawSigns(context, this.network, this.nodes.get(), states);
      drawCounts(context, this.nodes.get(), this.places(), { ...this.ink, scale: this.network.getScale() });
      drawPins(context, this.nodes.get(), this.places(), this.ink);
      drawNotes(context, this.nodes.get(), this.edges.get(), this.places());
    });
  }

  /** Draw nodes and edges; the view stays as it is unless `fit` is asked for. */
  draw(picture, { fit }) {
    const { nodes, edges, options } = picture;
    this.picture = picture;
    this.ink = inks(this.place);
    this.network.setOptions({ ...options, ...OPTIONS, nodes: { ...OPTIONS.nodes, font: lettering(this.ink) } });
    this.edges.clear();
    this.nodes.clear();
    this.nodes.add(nodes.map((node) => styled(node, this.ink)));
    this.edges.add(edges.map((edge) => stroked(edge, this.ink)));
    if (fit) this.fit();
  }

  fit() {
    this.network.fit({ animation: false, maxZoomLevel: 1.3 });
    const { clientWidth: width, clientHeight: height } = this.place;
    const tall = Math.min(0.4 * height, Math.max(0, ...this.over.map((one) => one.offsetHeight)));
    const wide = Math.max(0, ...this.over.map((one) => one.offsetWidth && one.offsetWidth + MARGIN));
    const named = this.picture.ground?.outlines.length ? NAMES : 0;
    const top = TOOLS + named + Math.min(0.3 * height, this.caption?.offsetHeight ?? 0);
    const above = ((height - top - tall) / height) * this.network.getScale() * 0.98;
    const beside = 2 * wide < width && !this.picture.ground?.borders && !named ? this.scaleIn(width - wide, height - top) : 0;
    const aside = document.dir === "rtl" ? -wide / 2 : wide / 2;
    if (beside > above) this.network.moveTo({ scale: beside, offset: { x: aside, y: top / 2 } });
    else this.network.moveTo({ scale: above, offset: { x: 0, y: (top - tall) / 2 } });
  }

  /** The scale at which all that is drawn, with its names, has room in so many pixels. */
  scaleIn(width, height) {
    const boxes = this.nodes.getIds().map((id) => this.network.getBoundingBox(id));
    if (!boxes.length) return 0;
    const span = (low, high) => 2 * MARGIN + Math.max(...boxes.map((box) => box[high])) - Math.min(...boxes.map((box) => box[low]));
    return Math.min(1.3, width / span("left", "right"), height / span("top", "bottom"));
  }

  places() {
    return this.network.getPositions();
  }

  move(id, x, y) {
    this.network.moveNode(id, x, y);
  }

  zoom(factor) {
    this.network.moveTo({ scale: Math.max(0.1, Math.min(4, this.network.getScale() * factor)) });
  }

  /** Ring the entity or tie `id`; return its edge if it is a tie. */
  select(id) {
    const edge = this.edges.get().find((one) => one.id === id || one.tie_ids.includes(id));
    const node = this.nodes.get(id);
    if (node) this.network.selectNodes([id], false);
    else if (edge) this.network.selectEdges([edge.id]);
    else this.network.unselectAll();
    this.emphasise(node ? [id] : [], !node && edge ? [edge.id] : []);
    return edge;
  }

  /** Ring several entities. */
  ring(ids) {
    this.network.selectNodes(ids.filter((id) => this.nodes.get(id)), false);
    this.emphasise(ids, []);
  }

  /** Keep what is chosen and what it touches in full ink, and dim the rest; everything is full when nothing is chosen. */
  emphasise(nodes, edges) {
    const all = this.edges.get();
    const lit = all.filter((edge) => edges.includes(edge.id) || nodes.includes(edge.from) || nodes.includes(edge.to));
    const near = new Set([...nodes, ...lit.flatMap((edge) => [edge.from, edge.to])]);
    const everything = !nodes.length && !edges.length;
    const bright = new Set(lit.map((edge) => edge.id));
    this.nodes.update(this.nodes.getIds().map((id) => shaded(id, everything || near.has(id), this.ink)));
    this.edges.update(all.map((edge) => inked(edge, everything || bright.has(edge.id), edges.includes(edge.id), this.ink)));
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
    if (!inside) this.network.focus(id, { scale: this.network.getScale(), animation: false });
  }
}

function inks(place) {
  const style = getComputedStyle(place);
  return { text: style.getPropertyValue("--text").trim(), ground: style.getPropertyValue("--ground").trim() };
}

function lettering({ text, ground }) {
  return { face: "Vazirmatn", size: 13, color: text, vadjust: 2, strokeWidth: 4, strokeColor: ground };
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
