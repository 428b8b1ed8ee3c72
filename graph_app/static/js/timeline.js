// The slider over the years: a bar for what begins in each, a knob for the day that is shown, and play.
import { digits, fill } from "./dom.js";

const BEAT = 700; // milliseconds a year

export class Timeline {
  /** @param {HTMLElement} root @param {object} data years and agreements @param {Function} turn called with the new day */
  constructor(root, data, say, day, today, turn) {
    this.root = root;
    this.years = data.years.map(([name, last]) => ({ name, last }));
    this.today = today;
    this.say = say;
    this.turn = turn;
    this.range = root.querySelector("input[type=range]");
    this.range.max = String(this.years.length - 1);
    this.bars(data.counts ?? begun(this.years, data.agreements));
    this.range.addEventListener("input", () => this.go(Number(this.range.value)));
    root.querySelector("[data-time=today]").addEventListener("click", () => { this.stop(); this.set(today); turn(today); });
    root.querySelector("[data-time=play]").addEventListener("click", () => (this.beat ? this.stop() : this.play()));
    this.set(day);
    root.hidden = false;
  }

  /** Show which year `day` lies in. */
  set(day) {
    const index = this.years.findIndex((year) => day <= year.last);
    this.range.value = String(index < 0 ? this.years.length - 1 : index);
    this.name(day);
  }

  name(day) {
    const year = this.years[Number(this.range.value)];
    const text = day === this.today ? `${year.name} (${this.say.today})` : year.name;
    this.root.querySelector("output").textContent = text;
    this.range.setAttribute("aria-valuetext", text);
  }

  go(index) {
    const { last } = this.years[index];
    const first = index ? this.years[index - 1].last : "";
    const day = first < this.today && this.today <= last ? this.today : last;
    this.range.value = String(index);
    this.name(day);
    this.turn(day);
  }

  play() {
    let index = Number(this.range.value) === this.years.length - 1 ? 0 : Number(this.range.value) + 1;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.go(index); // a year a press, nothing moves by itself
    this.root.querySelector("[data-time=play]").setAttribute("aria-pressed", "true");
    this.beat = setInterval(() => {
      this.go(index);
      index += 1;
      if (index === this.years.length) this.stop();
    }, BEAT);
  }

  stop() {
    clearInterval(this.beat);
    this.beat = null;
    this.root.querySelector("[data-time=play]").setAttribute("aria-pressed", "false");
  }

  /** Take other years, of another picture. */
  renew(data, day) {
    this.years = data.years.map(([name, last]) => ({ name, last }));
    this.range.max = String(this.years.length - 1);
    this.bars(data.counts);
    if (!this.beat) this.set(day);
  }

  /** Draw how much begins in each year and, darker, how much ends, where that is counted. */
  bars(counts) {
    const most = Math.max(1, ...counts.flatMap(({ begins, ends = 0 }) => [begins, ends]));
    const svg = this.root.querySelector("svg");
    const high = (count) => (count ? Math.max(1.5, 20 * Math.sqrt(count / most)) : 0);
    const bar = (x, width, count, kind, title) => {
      const made = document.createElementNS(svg.namespaceURI, "rect");
      for (const [name, value] of Object.entries({ x, y: 20 - high(count), width, height: high(count), class: kind })) made.setAttribute(name, String(value));
      const told = document.createElementNS(svg.namespaceURI, "title");
      told.textContent = title;
      made.append(told);
      return made;
    };
    svg.setAttribute("viewBox", `0 0 ${counts.length} 20`);
    svg.replaceChildren(...counts.flatMap(({ begins, ends }, index) => {
      const { name } = this.years[index];
      if (ends === undefined) return [bar(index + 0.15, 0.7, begins, "begins", `${name}: ${digits(begins)}`)];
      const title = fill(this.say.bar, { name, begins: digits(begins), ends: digits(ends) });
      return [bar(index + 0.1, 0.4, begins, "begins", title), bar(index + 0.5, 0.4, ends, "ends", title)];
    }));
  }
}

/** How many agreements begin to have a status in each year. */
function begun(years, agreements) {
  const counts = years.map(() => ({ begins: 0 }));
  for (const { periods } of agreements) {
    const first = periods[0]?.[0];
    const index = first ? years.findIndex((year) => first <= year.last) : -1;
    if (index >= 0) counts[index].begins += 1;
  }
  return counts;
}
