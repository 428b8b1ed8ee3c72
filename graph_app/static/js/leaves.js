// The table of a large picture: the same entities as rows, leaf by leaf, found by name.
import { digits, el, fill, icon } from "./dom.js";

export class Leaves {
  /** @param {HTMLElement} root @param {object} say @param {number} rows of a leaf @param {Function} choose is told a number */
  constructor(root, say, rows, choose) {
    Object.assign(this, { root, say, rows, choose, at: 0, chosen: -1 });
    this.find = (selector) => root.querySelector(selector);
    this.find("input").addEventListener("input", () => { this.at = 0; this.sift(); });
    this.find("[data-leaf=back]").addEventListener("click", () => this.turn(-1));
    this.find("[data-leaf=on]").addEventListener("click", () => this.turn(1));
  }

  /** List the entities of `data` but for those of the types in `hidden`. */
  show(data, hidden) {
    Object.assign(this, { data, hidden });
    this.folded ??= data.names.map((name) => name.toLocaleLowerCase());
    this.at = 0;
    this.sift();
  }

  sift() {
    const sought = this.find("input").value.trim().toLocaleLowerCase();
    this.listed = [];
    this.data.types.forEach((type, index) => {
      if (!this.hidden.has(type) && (!sought || this.folded[index].includes(sought))) this.listed.push(index);
    });
    this.fill();
  }

  turn(step) {
    this.at += step;
    this.fill();
    this.root.scrollTop = 0;
  }

  fill() {
    const begin = this.at * this.rows;
    const leaf = this.listed.slice(begin, begin + this.rows);
    this.find("tbody").replaceChildren(...leaf.map((index) => this.row(index)));
    const values = { from: digits(leaf.length ? begin + 1 : 0), to: digits(begin + leaf.length), count: digits(this.listed.length) };
    this.find("output").textContent = fill(this.say.leaf, values);
    this.find("[data-leaf=back]").disabled = !this.at;
    this.find("[data-leaf=on]").disabled = begin + this.rows >= this.listed.length;
    this.mark(this.chosen);
  }

  row(index) {
    const type = this.data.legend[this.data.types[index]];
    return el("tr", { "data-number": index },
      el("th", { scope: "row" }, el("button", { type: "button", onclick: () => this.choose(index) }, el("bdi", {}, this.data.names[index]))),
      el("td", {}, icon(type), " ", [type.one, type.state_name].filter(Boolean).join(" · ")), el("td", {}, digits(this.data.ties[index])));
  }

  /** Show which row is selected. */
  mark(index) {
    this.chosen = index;
    for (const row of this.find("tbody").rows) row.setAttribute("aria-selected", String(Number(row.dataset.number) === index));
  }
}
