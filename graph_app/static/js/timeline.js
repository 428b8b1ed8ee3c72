// The slider over the years: a bar for what begins in each, a knob for the day that is shown, and play.
import { digits } from "./dom.js";

const BEAT = 700; // milliseconds a year

export class Timeline {
  /** @param {HTMLElement} root @param {object} data years and agreements @param {Function} turn called with the new day */
  constructor(root, data, say, day, today, turn) {
    this.root = root;
    this.years = data.years.map(([name, last]) => ({ name, last }));
    this.today = today;
    this.say = say;
    this.turn = turn;
    this.range = root.querySelector("input");
    this.range.max = String(this.years.length - 1);
    this.bars(data.agreements);
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
    const button = this.root.querySelector("[data-time=play]");
    button.setAttribute("aria-pressed", "true");
    let index = Number(this.range.value) === this.years.length - 1 ? 0 : Number(this.range.value) + 1;
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

  /** Draw how many agreements begin to have a status in each year. */
  bars(agreements) {
    const counts = this.years.map(() => 0);
    for (const { periods } of agreements) {
      const first = periods[0]?.[0];
      const index = first ? this.years.findIndex((year) => first <= year.last) : -1;
      if (index >= 0) counts[index] += 1;
    }
    const most = Math.max(1, ...counts);
    const svg = this.root.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${counts.length} 20`);
    svg.replaceChildren(...counts.map((count, index) => {
      const height = count ? Math.max(1.5, 20 * Math.sqrt(count / most)) : 0;
      const bar = document.createElementNS(svg.namespaceURI, "rect");
      for (const [name, value] of Object.entries({ x: index + 0.15, y: 20 - height, width: 0.7, height })) bar.setAttribute(name, String(value));
      const title = document.createElementNS(svg.namespaceURI, "title");
      title.textContent = `${this.years[index].name}: ${digits(count)}`;
      bar.append(title);
      return bar;
    }));
  }
}
