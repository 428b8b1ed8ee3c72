// What people write on a picture: on an entity, on a tie, on the whole. It is theirs and no fact, and stands in the address.
import { digits, el, fill } from "./dom.js";
import { bytes } from "./noted.js";

export const WHOLE = "*"; // what a note stands on that is about the whole picture

export class Notes {
  /**
   * @param {object} explorer what it sees of the explorer and how it changes it: root, say, limits, state(), picture(), selected(),
   * nameOf(id), change(fields, words), announce(text), attempted(work)
   */
  constructor(explorer) {
    Object.assign(this, explorer);
    this.find = (selector) => this.root.querySelector(selector);
    this.dialog = this.find("dialog.note");
    this.form = this.dialog.querySelector("form");
    const { target, text } = this.form.elements;
    target.addEventListener("change", () => this.show());
    text.addEventListener("input", () => this.drafts.set(target.value, text.value));
    text.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.form.requestSubmit());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.attempted(() => this.keep())();
    });
    this.root.addEventListener("click", (event) => {
      const act = event.target.closest("[data-note]")?.dataset.note;
      if (act === "remove") this.attempted(() => this.remove())();
      else if (act) this.open(act === "whole" ? WHOLE : this.target());
    });
  }

  /** What a note would stand on: what is selected, else the whole picture. */
  target() {
    const { nodes, edges } = this.selected();
    if (nodes.length) return nodes[0];
    return this.picture().edges.find((edge) => edge.id === edges[0])?.fact_ids[0] ?? WHOLE;
  }

  /** Ask for a note on `id`. */
  open(id = this.target()) {
    if (!this.picture().nodes.length && !this.picture().sifted.ids.length) return;
    this.drafts = new Map();
    const ids = [...new Set([id, WHOLE, ...Object.keys(this.state().notes)])];
    const { target } = this.form.elements;
    target.replaceChildren(...ids.map((one) => el("option", { value: one }, this.told(one))));
    target.value = id;
    this.show();
    this.dialog.showModal();
    this.form.elements.text.focus();
  }

  /** What a note stands on, in words; that it is not in the picture now is said. */
  told(id) {
    const name = this.named(id);
    const sign = this.state().notes[id] ? "✎ " : "";
    return sign + (this.shown(id) ? name : fill(this.say.gone, { name }));
  }

  named(id) {
    if (id === WHOLE) return this.say.whole;
    const edge = this.edge(id);
    if (!edge) return this.nameOf(id);
    return fill(this.say.edge, { start: this.nameOf(edge.from), phrase: edge.phrase, end: this.nameOf(edge.to) });
  }

  /** The stroke that draws the tie `id`. */
  edge(id) {
    return this.picture().edges.find((one) => one.tie_ids.includes(id));
  }

  shown(id) {
    return id === WHOLE || this.edge(id) || this.picture().nodes.some((node) => node.id === id || node.members?.some((one) => one.id === id));
  }

  show() {
    const { target, text } = this.form.elements;
    const kept = this.state().notes[target.value] ?? "";
    text.value = this.drafts.get(target.value) ?? kept;
    this.form.querySelector("[data-note=remove]").hidden = !kept;
    this.complain("");
  }

  complain(sentence) {
    const place = this.form.querySelector(".wrong");
    place.textContent = sentence;
    place.hidden = !sentence;
    this.form.elements.text.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  /** Keep what was written, of every place for which something was written; an empty note is none. */
  async keep() {
    const drafts = [...this.drafts].map(([id, text]) => [id, text.trim().slice(0, this.limits.longest)]);
    const notes = Object.fromEntries(Object.entries({ ...this.state().notes, ...Object.fromEntries(drafts) }).filter(([, text]) => text));
    const left = this.limits.room - bytes(notes);
    if (left < 0 || Object.keys(notes).length > this.limits.most) return this.complain(this.say.full);
    await this.put(notes, drafts.map(([id]) => id));
  }

  async remove() {
    const id = this.form.elements.target.value;
    const { [id]: _gone, ...notes } = this.state().notes;
    await this.put(notes, [id]);
  }

  async put(notes, ids) {
    const before = this.state().notes;
    const changed = ids.filter((id) => (notes[id] ?? "") !== (before[id] ?? ""));
    this.dialog.close();
    if (!changed.length) return;
    const gone = !notes[changed[0]];
    const entity = changed.length === 1 && changed[0] !== WHOLE && !this.edge(changed[0]);
    const what = changed.map((id) => this.named(id)).join(document.documentElement.lang === "fa" ? "، " : ", ");
    const words = entity ? { name: gone ? "unnoted" : "noted", id: changed[0] } : { name: gone ? "unnoted_other" : "noted_other", what };
    await this.change({ notes }, words);
    this.announce(fill(gone ? this.say.removed : this.say.kept, { name: what }));
  }

  /** The notes on a disc or a stroke, or on what it stands for: texts, those of a stack with names. */
  on(item) {
    const { notes } = this.state();
    if (item.members) return item.members.filter((one) => notes[one.id]).map((one) => `${one.name}: ${notes[one.id]}`);
    return (item.tie_ids ?? [item.id]).filter((id) => notes[id]).map((id) => notes[id]);
  }

  /** Write the notes into the model of the picture, for who draws and lists it. */
  write(picture) {
    for (const item of [...picture.nodes, ...picture.edges]) item.note = this.on(item).join("\n");
  }

  /** Show beside the picture the notes on what is selected, and over it the one on the whole. */
  refresh() {
    const { nodes, edges } = this.selected();
    const { picture } = this;
    const item = picture().nodes.find((one) => one.id === nodes[0]) ?? picture().edges.find((one) => one.id === edges[0]);
    const texts = item ? this.on(item) : [];
    const box = this.find(".noted");
    box.hidden = !item || Boolean(item.members && !texts.length);
    box.replaceChildren(...(texts.length ? [el("h2", {}, this.say.note)] : []), ...texts.map((text) => el("p", { dir: "auto" }, text)),
      ...(item?.members ? [] : [el("button", { type: "button", class: "chip", "data-note": "selected", title: `${texts.length ? this.say.edit : this.say.add} (O)`, "aria-keyshortcuts": "O" }, texts.length ? this.say.edit : this.say.add)]));
    const whole = this.state().notes[WHOLE] ?? "";
    const caption = this.find(".caption");
    caption.hidden = !whole;
    caption.querySelector("bdi").textContent = whole;
    const count = Object.keys(this.state().notes).length;
    const tool = this.find("[data-do=note]");
    tool.dataset.count = count ? digits(count) : "";
  }
}
