// The small picture on a dossier: the explorer's own picture, walked by arrow keys; it grows in place, and the explorer goes on with it.
import { json, told } from "./ask.js";
import { digits, fill } from "./dom.js";
import { Picture } from "./picture.js";

const page = JSON.parse(document.getElementById("page").textContent);
const canvas = document.getElementById("canvas");
const WALK = { ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" };
const FIRST = 10; // neighbours that one expansion adds

class Glance {
  constructor({ picture, centre }, say, states) {
    Object.assign(this, { picture, say, here: centre });
    this.find = (name) => document.querySelector(`.glance [data-glance=${name}]`);
    this.kept = []; // pictures to go back to
    this.steps = [picture.nodes.map(({ id }) => id)];
    this.drawing = new Picture(canvas, { select: ([id]) => id && this.walk(id), open, more: (id) => this.grow(id) }, states);
    this.find("expand").addEventListener("click", () => this.grow(this.here));
    this.find("back").addEventListener("click", () => this.back());
    canvas.addEventListener("keydown", (event) => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.drawing.draw(this.picture, { fit: false }));
    new ResizeObserver(() => canvas.clientHeight && this.drawing.fit()).observe(canvas); // a narrow window hides it
    this.show(picture, centre);
  }

  /** Draw a picture, and let the link to the explorer lead to the same. */
  show(picture, here) {
    this.picture = picture;
    this.drawing.draw(picture, { fit: canvas.clientHeight > 0 }); // a narrow window hides it: there is nothing to fit into
    this.find("expand").hidden = false;
    this.find("back").hidden = !this.kept.length;
    this.here = here;
    this.drawing.select(this.kept.length ? here : "");
    this.first ??= this.find("explore").href;
    this.find("explore").href = this.kept.length ? `/explore?ids=${this.written()}&open=${here}` : this.first;
  }

  written() {
    return this.steps.map((step) => step.map(encodeURIComponent).join(",")).join(";").replaceAll("%3A", ":");
  }

  walk(id) {
    this.here = id ?? this.here;
    this.drawing.select(this.here);
    const node = this.picture.nodes.find((one) => one.id === this.here);
    tell(node ? `${node.name}, ${node.type_name}` : "");
  }

  async grow(id) {
    try {
      const found = await json(`/api/v1/expand?${new URLSearchParams({ ids: id, shown: this.steps.flat().join(",") })}`);
      const name = this.picture.nodes.find((one) => one.id === id)?.name ?? id;
      if (found.hubs[id]) return tell(fill(this.say.hub, { name, count: digits(found.hubs[id]) }));
      const fresh = found.ids.slice(0, FIRST);
      if (!fresh.length) return tell(this.say.nothing);
      this.kept.push(this.picture);
      this.steps.push(fresh);
      this.show(await json(`/api/v1/picture?ids=${this.written()}`), id);
      tell(`${name}: ${fill(this.say.added, { count: digits(fresh.length) })}`);
    } catch (error) {
      tell(told(error, this.say.failed)[0]);
    }
  }

  back() {
    if (!this.kept.length) return;
    this.steps.pop();
    this.show(this.kept.pop(), this.here);
    this.walk(this.picture.nodes.some(({ id }) => id === this.here) ? this.here : this.picture.nodes[0].id);
    canvas.focus();
  }

  key(event) {
    const side = document.dir === "rtl" ? -1 : 1;
    const step = { ...WALK, ArrowRight: side, ArrowLeft: -side }[event.key];
    const undone = event.code === "KeyZ" && (event.ctrlKey || event.metaKey);
    const grown = event.code === "KeyE" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (step === undefined && event.key !== "Enter" && !undone && !grown) return;
    event.preventDefault();
    if (undone) this.back();
    else if (grown) this.grow(this.here);
    else if (event.key === "Enter") open(this.here);
    else this.walk(this.drawing.next(this.here, step));
  }
}

const tell = (text) => { document.querySelector(".glance .here").textContent = text; };
const open = (id) => location.assign(`/entities/${id.split("/").map(encodeURIComponent).join("/")}`);

if (canvas && page.glance?.picture) {
  await document.fonts.load("13px Vazirmatn", "پیوند");
  const glance = new Glance(page.glance, page.glance.say, page.states);
  canvas.dataset.ready = "yes";
  // What the browser tests read; nothing else uses it.
  window.glance = { ids: () => glance.picture.nodes.map(({ id }) => id) };
}
