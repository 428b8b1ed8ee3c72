// A large picture on two canvases: sheets that the painter sends, moved at once with the hand, and names over them.
import { gestures } from "./gestures.js";

const [NAMES, LINE] = [70, 17]; // most names at once, and the height of one
const MARGIN = 1.4; // of a sheet over what is seen of it
const [CLOSEST, FARTHEST] = [4, 0.01];
const PAUSE = 70; // milliseconds of stillness before the painter begins
const LONGEST = 30; // letters of a name
const NEAR = 14; // pixels around a finger or a pointer
const LIT = 3000; // lines of what is selected

export class Expanse {
  /** @param {HTMLElement} place @param {object} events select(index or -1), region({left, right, top, bottom}), moved() */
  constructor(place, events) {
    this.place = place;
    this.events = events;
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    place.append(this.canvas);
    this.context = this.canvas.getContext("2d");
    this.view = { x: 0, y: 0, scale: 1 };
    this.hidden = new Set();
    this.widths = new Map();
    this.hovered = this.selected = -1;
    this.around = [];
    this.painter = new Worker(painter());
    this.painter.onmessage = ({ data }) => { this.sheet?.image.close(); this.sheet = data; this.ask(); };
    new ResizeObserver(() => this.resize()).observe(place);
    gestures(place, this);
  }

  /** Draw columns of entities: names, x, y, types, ties, and pairs of them by number. */
  show(data) {
    this.data = { ...data, x: Float32Array.from(data.x), y: Float32Array.from(data.y), types: Uint8Array.from(data.types), pairs: Uint32Array.from(data.pairs) };
    this.sizes = Float32Array.from(data.ties, (count) => Math.min(20, 2.2 + 1.2 * Math.sqrt(count)));
    const { x, y, types, pairs } = this.data;
    this.painter.postMessage({ x, y, types, pairs, sizes: this.sizes });
    this.first = true;
    this.resize();
  }

  resize() {
    this.ratio = Math.min(2, devicePixelRatio);
    [this.width, this.height] = [this.place.clientWidth, this.place.clientHeight];
    [this.canvas.width, this.canvas.height] = [this.width * this.ratio, this.height * this.ratio];
    if (this.data) this.moved();
  }

  /** Show all, or the rectangle {left, right, top, bottom} in pixels of the layout. */
  fit(box = this.extent()) {
    const scale = Math.min((this.width - 60) / Math.max(1, box.right - box.left), (this.height - 110) / Math.max(1, box.bottom - box.top), 1.4);
    this.look({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale });
  }

  extent() {
    const box = { left: 0, right: 0, top: 0, bottom: 0 };
    this.data.x.forEach((x, index) => {
      const y = this.data.y[index];
      box.left = Math.min(box.left, x); box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y); box.bottom = Math.max(box.bottom, y);
    });
    return box;
  }

  look({ x, y, scale }) {
    this.view = { x, y, scale: Math.max(FARTHEST, Math.min(CLOSEST, scale)) };
    this.moved();
  }

  pan(dx, dy) {
    const { x, y, scale } = this.view;
    this.look({ x: x - dx / scale, y: y - dy / scale, scale });
  }

  /** Zoom by `factor` so that what lies at `at`, pixels of the place, stays there. */
  zoom(factor, at = { x: this.width / 2, y: this.height / 2 }) {
    const fixed = this.world(at);
    const scale = Math.max(FARTHEST, Math.min(CLOSEST, this.view.scale * factor));
    this.look({ x: fixed.x - (at.x - this.width / 2) / scale, y: fixed.y - (at.y - this.height / 2) / scale, scale });
  }

  world({ x, y }) {
    return { x: this.view.x + (x - this.width / 2) / this.view.scale, y: this.view.y + (y - this.height / 2) / this.view.scale };
  }

  screen(index) {
    return { x: (this.data.x[index] - this.view.x) * this.view.scale + this.width / 2, y: (this.data.y[index] - this.view.y) * this.view.scale + this.height / 2 };
  }

  /** Far away discs shrink slower than the picture, and close by they stop growing. */
  get swell() { return Math.max(0.3, Math.min(1.5, Math.sqrt(this.view.scale) * 1.1)); }

  /** The entity at a point of the place, or -1; the busier one where two lie. */
  at(point) {
    let [best, least] = [-1, Infinity];
    for (let index = 0; index < this.data.x.length; index += 1) {
      if (this.hidden.has(this.data.types[index])) continue;
      const spot = this.screen(index);
      const distance = Math.hypot(spot.x - point.x, spot.y - point.y) - this.sizes[index] * this.swell;
      if (distance < least && distance < NEAR / 2) [best, least] = [index, distance];
    }
    return best;
  }

  /** The entities in a rectangle of the layout, the busiest first. */
  within({ left, right, top, bottom }) {
    const { x, y, types } = this.data;
    const found = [];
    for (let index = 0; index < x.length; index += 1) {
      if (x[index] >= left && x[index] <= right && y[index] >= top && y[index] <= bottom && !this.hidden.has(types[index])) found.push(index);
    }
    return found;
  }

  /** What is in view, as a rectangle of the layout. */
  get seen() {
    const [start, end] = [this.world({ x: 0, y: 0 }), this.world({ x: this.width, y: this.height })];
    return { left: start.x, right: end.x, top: start.y, bottom: end.y };
  }

  hide(types) { this.hidden = new Set(types); this.moved(); }

  hover(point) {
    const found = point ? this.at(point) : -1;
    if (found === this.hovered) return;
    this.hovered = found;
    this.place.style.cursor = found < 0 ? "" : "pointer";
    this.ask();
  }

  /** Ring an entity and light up its ties. */
  select(index) {
    const { pairs } = this.data;
    this.selected = index;
    this.around = [];
    for (let at = 0; at < pairs.length; at += 2) {
      if (pairs[at] === index) this.around.push(pairs[at + 1]);
      else if (pairs[at + 1] === index) this.around.push(pairs[at]);
    }
    this.ask();
  }

  /** Bring an entity into view. */
  reveal(index) {
    this.look({ x: this.data.x[index], y: this.data.y[index], scale: Math.max(this.view.scale, 0.6) });
  }

  moved() {
    this.ask();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.order(), this.sheet ? PAUSE : 0);
    this.events.moved();
  }

  /** Draw at the next frame. */
  ask() {
    this.asked ??= requestAnimationFrame(() => { this.asked = undefined; this.frame_(); });
  }

  /** Order a sheet of what is seen, and some more around it. */
  order() {
    const style = getComputedStyle(this.place);
    const [text, ground] = ["--text", "--ground"].map((name) => style.getPropertyValue(name).trim());
    this.inks = { text, ground, focus: style.getPropertyValue("--focus").trim() };
    const [width, height] = [this.width, this.height].map((size) => Math.max(1, Math.round(size * MARGIN * this.ratio)));
    this.painter.postMessage({
      view: this.view, width, height, ratio: this.ratio, swell: this.swell, hidden: [...this.hidden], ink: text, ground,
      colours: this.data.legend.map((type) => type.colour), quick: this.first,
    });
    this.first = false;
  }

  frame_() {
    const { context, ratio } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!this.sheet || !this.inks) return;
    this.lay(this.sheet);
    this.light();
    this.name();
    if (this.box) this.outline();
  }

  /** Lay a sheet where it belongs in the view of now. */
  lay({ image, view, width, height }) {
    const grown = this.view.scale / view.scale;
    const x = (view.x - this.view.x) * this.view.scale + this.width / 2;
    const y = (view.y - this.view.y) * this.view.scale + this.height / 2;
    this.context.drawImage(image, x - (width * grown) / 2, y - (height * grown) / 2, width * grown, height * grown);
  }

  light() {
    if (this.selected < 0) return;
    const { context } = this;
    const here = this.screen(this.selected);
    context.strokeStyle = this.inks.focus;
    context.lineWidth = 1;
    context.globalAlpha = 0.6;
    context.beginPath();
    for (const other of this.around.slice(0, LIT)) {
      if (this.hidden.has(this.data.types[other])) continue;
      const spot = this.screen(other);
      context.moveTo(here.x, here.y);
      context.lineTo(spot.x, spot.y);
    }
    context.stroke();
    context.globalAlpha = 1;
    context.lineWidth = 3;
    context.beginPath();
    context.arc(here.x, here.y, this.sizes[this.selected] * this.swell + 3, 0, 2 * Math.PI);
    context.stroke();
  }

  /** Write the names of the busiest in view that do not stand in each other's way. */
  name() {
    const { context, data } = this;
    context.font = "12px Vazirmatn";
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = this.inks.ground;
    context.fillStyle = this.inks.text;
    const taken = [];
    for (const index of [this.hovered, this.selected]) if (index >= 0) this.write(index, taken, true);
    for (let index = 0; index < data.x.length && taken.length < NAMES; index += 1) {
      if (index !== this.hovered && index !== this.selected && !this.hidden.has(data.types[index])) this.write(index, taken, false);
    }
  }

  write(index, taken, always) {
    const { x, y } = this.screen(index);
    if (x < -60 || y < -30 || x > this.width + 60 || y > this.height + 10) return;
    const name = this.short(index);
    if (!this.widths.has(name)) this.widths.set(name, this.context.measureText(name).width);
    const half = this.widths.get(name) / 2;
    const top = y + this.sizes[index] * this.swell + 2;
    const box = [x - half - 2, x + half + 2, top, top + LINE];
    if (!always && taken.some((other) => box[0] < other[1] && other[0] < box[1] && box[2] < other[3] && other[2] < box[3])) return;
    taken.push(box);
    this.context.direction = /[\u0590-\u08ff]/.test(name) ? "rtl" : "ltr";
    this.context.strokeText(name, x, top);
    this.context.fillText(name, x, top);
  }

  /** A long name loses its end where many are written. */
  short(index) {
    const name = this.data.names[index];
    return name.length > LONGEST && index !== this.hovered && index !== this.selected ? `${name.slice(0, LONGEST - 1)}…` : name;
  }

  outline() {
    const { x, y, width, height } = this.box;
    this.context.fillStyle = this.inks.focus;
    this.context.strokeStyle = this.inks.focus;
    this.context.globalAlpha = 0.12;
    this.context.fillRect(x, y, width, height);
    this.context.globalAlpha = 1;
    this.context.lineWidth = 1.5;
    this.context.strokeRect(x, y, width, height);
  }

  /** Show a frame that is being drawn between two points of the place; none if there are none. */
  frame(from, to) {
    this.box = from && { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
    this.ask();
  }

  /** Take what lies in a frame that was drawn. */
  framed(from, to) {
    this.frame(null);
    const [a, b] = [this.world(from), this.world(to)];
    this.events.region({ left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) });
  }
}

/** Where the painter's script is, in a form that the policy of the page lets pass. */
function painter() {
  const address = new URL("./painter.js", import.meta.url).href;
  return window.trustedTypes?.createPolicy("painter", { createScriptURL: () => address }).createScriptURL("") ?? address;
}
