// What is hidden, chosen by the reader: facets with counts, the legend, and a day on the slider. Each choice is a step.
import { json } from "./ask.js";
import { digits, el, fill } from "./dom.js";
import { Timeline } from "./timeline.js";

const LISTED = 8; // values of one facet; the others are folded

export class Sieve {
  /**
   * @param {object} explorer what it sees of the explorer and how it changes it: root, say, today, state(), picture(), address(),
   * change(fields, words), announce(text), attempted(work), canvas
   */
  constructor(explorer) {
    Object.assign(this, explorer);
    this.panel = this.root.querySelector(".sieve");
    this.bar = this.root.querySelector(".year-bar");
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle());
    this.bar.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.attempted(() => this.turn(event.target.elements.as_of.value.trim()))();
    });
    this.bar.querySelector("[data-time=any]").addEventListener("click", this.attempted(() => { this.timeline?.stop(); return this.turn(""); }));
  }

  /** Show the panel of facets, or put it away. */
  async toggle() {
    this.panel.hidden = !this.panel.hidden;
    this.press("filters", this.panel);
    if (this.panel.hidden) return this.canvas.focus();
    this.panel.focus(); // while the counts are on their way, so that Esc and Tab begin here
    await this.ask();
    if (document.activeElement === this.panel) this.panel.querySelector("input")?.focus();
  }

  /** Show the slider over the years, or put it away. */
  async time() {
    this.bar.hidden = !this.bar.hidden;
    this.root.classList.toggle("timed", !this.bar.hidden);
    this.press("time", this.bar);
    if (this.bar.hidden) return this.timeline?.stop();
    await this.ask();
    this.bar.querySelector(".years:not([hidden]) input, [data-time=today]").focus();
  }

  press(tool, part) {
    this.root.querySelector(`[data-do=${tool}]`).setAttribute("aria-pressed", String(!part.hidden));
  }

  /** Bring the tools up to date with the picture. */
  refresh() {
    const { active, day, problem } = this.picture().sifted;
    const tool = this.root.querySelector("[data-do=filters]");
    tool.dataset.count = active ? digits(active) : "";
    tool.setAttribute("aria-label", active ? fill(this.say.active, { count: digits(active) }) : this.say.none);
    const field = this.bar.querySelector("[name=as_of]");
    field.setAttribute("aria-invalid", String(Boolean(problem)));
    this.bar.querySelector(".told").textContent = problem || (day ? fill(this.say.on, { day }) : "");
    if (!this.timeline?.beat) this.attempted(() => this.ask())();
  }

  /** Ask for counts and years, if a place shows them. */
  async ask() {
    if (this.panel.hidden && this.bar.hidden) return;
    const here = this.address();
    const found = await json(`/api/v1/picture/facets${here}`);
    if (here !== this.address()) return;
    if (!this.panel.hidden) this.list(found);
    if (!this.bar.hidden) this.slide(found.years);
  }

  list({ facets, undated }) {
    const held = this.panel.contains(document.activeElement) && document.activeElement.dataset.value;
    const opened = [...this.panel.querySelectorAll("details[open]")].map((one) => one.dataset.facet);
    const first = !this.panel.querySelector("details");
    this.panel.querySelector(".facet-list").replaceChildren(...facets.map((facet, index) => this.facet(facet, first ? index < 3 : opened.includes(facet.name))),
      this.box("undated:", fill(this.say.undated, { count: digits(undated) }), !this.state().undated, null));
    if (held) this.panel.querySelector(`[data-value="${CSS.escape(held)}"]`)?.focus();
  }

  facet({ name, title, values }, open) {
    const rows = values.map((one) => el("li", {}, this.box(`${name}:${one.value}`, one.name, one.shown, one.count)));
    const more = rows.length > LISTED ? [el("details", { class: "more", "data-facet": `${name} more`, open: open && values.slice(LISTED).some((one) => !one.shown) },
      el("summary", {}, fill(this.say.more, { count: digits(rows.length - LISTED) })), el("ul", {}, ...rows.slice(LISTED)))] : [];
    return el("details", { "data-facet": name, open: open || values.some((one) => !one.shown) }, el("summary", {}, title), el("ul", {}, ...rows.slice(0, LISTED)), ...more);
  }

  box(value, name, checked, count) {
    const input = el("input", { type: "checkbox", checked, "data-value": value, onchange: this.attempted((event) => this.set(value, name, event.target.checked)) });
    return el("label", {}, input, " ", el("bdi", {}, name), count === null ? null : el("span", { class: "count" }, digits(count)));
  }

  /** Hide a value, `facet:value`, or show it again. */
  async set(value, name, shown) {
    if (value === "undated:") return this.change({ undated: shown ? "" : "hide" }, { name: shown ? "undated_back" : "undated_gone" });
    const rest = (this.state().hide ?? []).filter((one) => one !== value);
    await this.change({ hide: shown ? rest : [...rest, value] }, { name: shown ? "unhid" : "hid", what: name });
    this.announce(this.sentence());
  }

  async turn(day) {
    if (day && !(await this.readable(day))) return;
    const words = day ? { name: "turned", what: day } : { name: "untimed" };
    await this.change({ as_of: day }, this.timeline?.beat ? null : words);
    const { sifted } = this.picture();
    this.announce([sifted.problem || (sifted.day && fill(this.say.on, { day: sifted.day })), this.sentence()].filter(Boolean).join(" "));
  }

  /** Whether the server can read a day; if not, say so at the field, and change nothing. */
  async readable(day) {
    const field = this.bar.querySelector("[name=as_of]");
    const problem = await json(`/api/v1/picture/facets?as_of=${encodeURIComponent(day)}`).then(() => "", (error) => error.message);
    field.setAttribute("aria-invalid", String(Boolean(problem)));
    this.bar.querySelector(".told").textContent = problem;
    if (problem) this.announce(problem);
    return !problem;
  }

  slide(years) {
    const told = this.bar.querySelector(".none");
    told.hidden = years.length > 0;
    for (const part of [".years", "[data-time=play]"]) this.bar.querySelector(part).hidden = !years.length;
    if (!years.length) return;
    const day = this.picture().sifted.iso || this.today;
    const data = { years: years.map((year) => [year.name, year.last]), counts: years };
    if (this.timeline) return this.timeline.renew(data, day);
    this.timeline = new Timeline(this.bar, data, this.say, day, this.today, this.attempted((turned) => this.turn(turned)));
  }

  /** How much is hidden, in words; empty if nothing is. */
  sentence() {
    const { ids, ties } = this.picture().sifted;
    return ids.length + ties ? fill(this.say.hidden, { nodes: digits(ids.length), ties: digits(ties) }) : "";
  }

  /** What is hidden and why, with a way to lift each reason, to stand below the picture. */
  notice() {
    const { reasons } = this.picture().sifted;
    const sentence = this.sentence();
    if (!sentence) return [];
    const chips = reasons.map((one) => el("button", { type: "button", class: "chip", "aria-label": fill(this.say.lift, { name: one.name }), onclick: this.attempted(() => this.lift(one)) },
      el("bdi", {}, fill(this.say.reason, { name: one.name, count: digits(one.count) })), " ×"));
    const all = el("button", { type: "button", class: "chip", onclick: this.attempted(() => this.change({ hide: [], as_of: "", undated: "" }, { name: "lifted" })) }, this.say.lift_all);
    return [sentence, ...chips, all];
  }

  lift({ facet, value, name }) {
    if (facet === "day") return this.turn("");
    if (facet === "undated") return this.set("undated:", name, true);
    return this.set(`${facet}:${value}`, name, true);
  }

  /** The legend's rows as boxes: what is drawn is ticked, what was hidden there stands below, unticked. */
  ticked(facet, entry, row) {
    if (!entry.value) return row;
    const value = `${facet}:${entry.value}`;
    return el("label", {}, el("input", { type: "checkbox", checked: true, "data-value": value, onchange: this.attempted(() => this.set(value, entry.name, false)) }), ...row);
  }

  unticked(facet) {
    return this.picture().sifted.reasons.filter((one) => one.facet === facet).map((one) => el("li", {}, el("label", {},
      el("input", { type: "checkbox", onchange: this.attempted(() => this.lift(one)) }), el("bdi", {}, one.name.split(": ").slice(1).join(": ")), el("span", { class: "count" }, digits(one.count)))));
  }
}
