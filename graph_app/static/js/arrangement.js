// How the picture is arranged, chosen by the reader: layout, groups, sizes, pins. Each choice is a step.
import { evenly, inLine } from "./aligning.js";
import { digits, el, fill, listed } from "./dom.js";

const MIRRORED = new Set(["layers", "parts", "circle", "country"]); // read from the start side
const NAMED = 5; // names in one sentence
const NUDGE = 20; // pixels
const REST = 500; // milliseconds without a key, after which what was moved is put down
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Arrangement {
  /**
   * @param {object} explorer what it sees of the explorer and how it changes it: root, say, headings, told, drawing, details, state(),
   * picture(), chosen(), change(fields, words, {fit}), replace(fields), announce(text), notice(...parts), choose(kind, id), attempted(work)
   */
  constructor(explorer) {
    Object.assign(this, explorer);
    this.panel = this.root.querySelector(".arrange");
    this.panel.addEventListener("change", ({ target }) => this.attempted(() => this.set(target.name, target.value))());
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
    this.root.addEventListener("click", (event) => {
      const act = event.target.closest("[data-arrange]");
      if (act) this.attempted(() => this.act(act.dataset.arrange, act.dataset.key))();
    });
    this.drawing.place.addEventListener("keydown", (event) => this.nudged(event), { capture: true });
  }

  /** Show the panel or put it away; `focus` names the choice to begin with. */
  show(open, focus = "layout") {
    this.panel.hidden = !open;
    for (const tool of ["arrange", "group"]) this.root.querySelector(`[data-do=${tool}]`).setAttribute("aria-pressed", String(open));
    if (open) this.panel.querySelector(`[name=${focus}]:checked`)?.focus();
    else this.drawing.place.focus();
  }

  toggle(focus) {
    const inside = this.panel.contains(document.activeElement) && document.activeElement.name === focus;
    this.show(this.panel.hidden || !inside, focus);
  }

  /** Bring the panel up to date with the picture. */
  refresh() {
    const { layout, group, size } = this.state();
    for (const [name, value] of Object.entries({ layout: layout || "organic", group, size })) {
      for (const input of this.panel.querySelectorAll(`[name=${name}]`)) input.checked = input.value === value;
    }
    if (size) this.root.querySelector(".legend .signs").append(el("p", { class: "sized" }, fill(this.told.size, { what: this.headings[`size ${size}`] })));
    const groups = this.picture().groups ?? [];
    const closed = groups.filter((one) => !one.open);
    const held = closed.reduce((sum, one) => sum + one.count, 0);
    this.panel.querySelector(".told").textContent = !group ? "" : !groups.length ? this.say.no_groups
      : fill(this.say.groups, { closed: digits(closed.length), all: digits(groups.length), count: digits(held) });
    for (const name of ["open_all", "close_all"]) this.panel.querySelector(`[data-arrange=${name}]`).hidden = !groups.length;
    const held_at = this.panel.contains(document.activeElement) && document.activeElement.dataset.key;
    this.panel.querySelector(".groups").replaceChildren(...groups.map((one) => this.row(one)));
    if (held_at) this.panel.querySelector(`.groups [data-key="${CSS.escape(held_at)}"]`)?.focus();
  }

  row({ key, name, count, open }) {
    const told = open ? this.say.close_group : this.say.open_group;
    return el("li", {}, el("bdi", {}, fill(this.say.group, { name, count: digits(count) })), " ",
      el("button", { type: "button", class: "chip", "data-arrange": open ? "close" : "open", "data-key": key, "aria-label": `${told}: ${name}` }, told));
  }

  /** Choose a layout, a grouping or a measure. */
  async set(name, value) {
    const fields = { [name]: value };
    if (name === "layout") fields.pins = this.turned(value);
    if (name === "group") fields.opened = [];
    await this.change(fields, { name, type: `${name} ${value}` }, { fit: name !== "size" });
    const lacking = this.lacking();
    this.announce([`${fill(this.told[name], { what: this.headings[`${name} ${value}`] })}.`, name === "group" && value ? this.panel.querySelector(".told").textContent : "", lacking].filter(Boolean).join(" "));
  }

  /** The sentence that names those without a place on the map; empty if all have one. */
  lacking() {
    const picture = this.picture();
    const ids = picture.unplaced ?? [];
    if (!ids.length) return "";
    const names = ids.map((id) => picture.nodes.find((node) => node.id === id)?.name ?? id);
    const first = listed(names.slice(0, NAMED), "unit");
    const all = names.length > NAMED ? fill(this.say.unplaced_more, { names: first, count: digits(names.length - NAMED) }) : first;
    return fill(this.say.unplaced, { count: digits(ids.length), names: all });
  }

  /** Pins as they are in the layout `next`: x runs from the start side where the layout does. */
  turned(next) {
    const { pins, layout } = this.state();
    const turns = document.dir === "rtl" && MIRRORED.has(next) !== MIRRORED.has(layout || "organic");
    return turns ? Object.fromEntries(Object.entries(pins).map(([id, [x, y, since]]) => [id, [-x, y, since]])) : pins;
  }

  act(name, key) {
    const { opened, pins } = this.state();
    const groups = this.picture().groups ?? [];
    const one = groups.find((group) => group.key === key);
    const all = groups.map((group) => group.key);
    const now = opened.includes("*") ? all : opened;
    const acts = {
      open: () => this.open(one, [...now, key]),
      close: () => this.change({ opened: now.filter((other) => other !== key) }, { name: "closed", id: one.id }, { fit: true }),
      open_all: () => this.change({ opened: ["*"] }, { name: "all_opened" }, { fit: true }),
      close_all: () => this.change({ opened: [] }, { name: "all_closed" }, { fit: true }),
      pin: () => this.pin(),
      row: () => this.align((ids, places) => inLine(ids, places, "x")),
      column: () => this.align((ids, places) => inLine(ids, places, "y")),
      across: () => this.align((ids, places) => evenly(ids, places, "x")),
      down: () => this.align((ids, places) => evenly(ids, places, "y")),
      unpin_all: () => this.unpin(Object.keys(pins)),
      size: () => this.set("size", this.state().size === key ? "" : key),
      gather: () => this.set("group", key),
    };
    return acts[name]();
  }

  /** Open a group: its members stand in place of the stack, which cannot stay selected. */
  async open({ id }, opened) {
    const gone = this.state().open === id;
    await this.change({ opened, open: gone ? "" : this.state().open }, { name: "opened", id }, { fit: true });
    if (gone) this.details.clear();
  }

  /** Pin what is selected where it stands; unpin it if all of it is pinned. */
  async pin() {
    const ids = this.chosen();
    if (!ids.length) return this.notice(this.say.choose_one);
    const { pins } = this.state();
    if (ids.every((id) => pins[id])) return this.unpin(ids);
    await this.put(Object.fromEntries(ids.map((id) => [id, this.places()[id]])), "pinned");
    this.announce(fill(this.say.pinned_now, { count: digits(ids.length) }));
  }

  async unpin(ids) {
    const pins = Object.fromEntries(Object.entries(this.state().pins).filter(([id]) => !ids.includes(id)));
    await this.change({ pins }, { name: "unpinned", ids }, { fit: false });
    this.announce(fill(this.say.unpinned_now, { count: digits(ids.length) }));
  }

  async align(moved) {
    const ids = this.chosen();
    if (ids.length < 2) return this.notice(this.say.choose_more);
    await this.put(moved(ids, this.places()), "aligned");
    this.announce(fill(this.say.aligned, { count: digits(ids.length) }));
  }

  /** What was dragged stays where it was put down. */
  dragged(ids) {
    const places = this.places();
    return this.put(Object.fromEntries(ids.map((id) => [id, places[id]])), "moved");
  }

  /** Pin entities at `places`, as a step of that name, or as part of the last step. */
  async put(places, name, { again = false } = {}) {
    const { pins, steps } = this.state();
    const side = this.picture().mirrored ? -1 : 1;
    const fresh = Object.entries(places).map(([id, { x, y }]) => [id, [Math.round(side * x), Math.round(y), steps.length]]);
    const fields = { pins: { ...pins, ...Object.fromEntries(fresh) } };
    await (again ? this.replace(fields) : this.change(fields, { name, ids: Object.keys(places) }, { fit: false }));
  }

  places() {
    return this.drawing.places();
  }

  /** Shift and an arrow move what is selected; when the keys rest it is put down, as one step. */
  nudged(event) {
    const way = event.shiftKey && !event.ctrlKey && !event.altKey && ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const ids = this.chosen();
    this.carried ??= Object.create(null); // not where the canvas has them: an answer that is late may put them back meanwhile
    for (const id of ids) {
      const { x, y } = this.carried[id] ?? this.places()[id];
      this.carried[id] = { x: x + NUDGE * way[0], y: y + NUDGE * way[1] };
      this.drawing.move(id, this.carried[id].x, this.carried[id].y);
    }
    clearTimeout(this.rest);
    this.rest = setTimeout(this.attempted(async () => {
      const same = this.last === ids.join(",");
      this.last = ids.join(",");
      const { carried } = this;
      this.carried = null;
      await this.put(carried, "moved", { again: same && this.isLastStep("moved") });
      const node = this.picture().nodes.find((one) => one.id === ids[0]);
      if (node) this.announce(fill(this.say.moved, { name: node.name, x: digits(Math.round(node.x)), y: digits(Math.round(node.y)) }));
    }), REST);
  }

  /** Show what a stack holds, beside the picture. */
  list(stack) {
    const open = el("button", { type: "button", class: "btn btn-primary", "data-arrange": "open", "data-key": stack.stack }, this.say.open_group);
    const members = stack.members.map((one) => el("li", {}, el("a", { href: `/entities/${one.id}`, "data-panel": `/entities/${one.id}/panel` }, el("bdi", {}, one.name)), " ", el("span", { class: "aside" }, one.type_name)));
    this.details.hideMenu();
    this.details.wanted = "";
    this.details.content.replaceChildren(el("h2", {}, el("bdi", {}, stack.name)), el("p", {}, fill(this.say.stack, { count: digits(stack.members.length) })),
      el("p", {}, open), el("h3", {}, this.say.members), el("ul", { class: "ties" }, ...members));
  }

  /** What is said of a stack when one comes to it. */
  spoken(stack, index) {
    return fill(this.say.stacked, { name: stack.name, count: digits(stack.members.length), index: digits(index), all: digits(this.picture().nodes.length) });
  }
}
