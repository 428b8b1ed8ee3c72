// A month to choose a day from, in the reader's calendar. The field stays a field: what is typed counts as before.
import { digits, el } from "./dom.js";

const DAY = 86400000;
const ZONE = "UTC";

/** The calendar `name` as the browser counts it: `jalali` or `gregorian`. */
class Calendar {
  constructor(name) {
    const tag = name === "jalali" ? "persian" : "gregory";
    const lang = document.documentElement.lang;
    this.numbers = new Intl.DateTimeFormat(`en-u-ca-${tag}-nu-latn`, { year: "numeric", month: "numeric", day: "numeric", timeZone: ZONE });
    this.name = new Intl.DateTimeFormat(`${lang}-u-ca-${tag}`, { month: "long", timeZone: ZONE });
    this.whole = new Intl.DateTimeFormat(`${lang}-u-ca-${tag}`, { weekday: "long", year: "numeric", month: "long", day: "numeric", timeZone: ZONE });
    this.week = new Intl.DateTimeFormat(lang, { weekday: "narrow", timeZone: ZONE });
    this.begins = lang === "fa" ? 6 : 1; // Saturday or Monday
  }

  parts(time) {
    const found = Object.fromEntries(this.numbers.formatToParts(time).map(({ type, value }) => [type, Number.parseInt(value, 10)]));
    return { year: found.year ?? found.relatedYear, month: found.month, day: found.day };
  }

  /** Return the first moment of the month in which `time` lies. */
  first(time) {
    return time - (this.parts(time).day - 1) * DAY;
  }

  /** Return the days of the month in which `time` lies. */
  days(time) {
    const found = [];
    const { month } = this.parts(time);
    for (let day = this.first(time); this.parts(day).month === month; day += DAY) found.push(day);
    return found;
  }

  /** Return a moment in the month that lies `count` months away, on the same day or the last one. */
  month(time, count) {
    const { day } = this.parts(time);
    let there = this.first(time);
    for (let left = Math.abs(count); left; left -= 1) there = count > 0 ? this.days(there).at(-1) + DAY : this.first(there - DAY);
    const days = this.days(there);
    return days[Math.min(day, days.length) - 1];
  }

  written(time) {
    const { year, month, day } = this.parts(time);
    return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  }

  /** Return the day that `text` writes in this calendar, or today. */
  read(text) {
    const now = Math.floor(Date.now() / DAY) * DAY;
    const latin = text.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit));
    const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(latin.trim()) ?? [];
    if (!year) return now;
    const mine = this.parts(now).year;
    let guess = Math.floor((now + (Number(year) - mine) * 365.2422 * DAY) / DAY) * DAY;
    if (Math.abs(Number(year) - mine) > 400) return now; // it is written in the other calendar
    for (let tries = 0; tries < 30; tries += 1) {
      const at = this.parts(guess);
      const away = (Number(year) - at.year) * 365 + (Number(month) - at.month) * 30 + (Number(day) - at.day);
      if (!away) return guess;
      guess += away * DAY;
    }
    return now;
  }
}

class Days {
  constructor(input, words) {
    this.input = input;
    this.calendar = new Calendar(input.dataset.day);
    this.words = words;
    this.button = el("button", { type: "button", class: "day-button", "aria-label": `${words.open}: ${input.labels[0].textContent.trim()}`, title: words.open, "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => (this.panel.hidden ? this.open() : this.close()) },
      el("img", { class: "glyph", src: "/static/icons/ui-calendar-range.svg", alt: "" }));
    this.panel = el("div", { class: "days", role: "dialog", "aria-label": words.open, hidden: true });
    const box = el("div", { class: "day-field" });
    input.replaceWith(box);
    box.append(input, this.button, this.panel);
    this.panel.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("focusout", (event) => { // the day in focus goes away with its month while another is drawn
      if (this.drawing || box.contains(event.relatedTarget)) return;
      this.panel.hidden = true;
      this.button.setAttribute("aria-expanded", "false");
    });
  }

  open() {
    this.at = this.calendar.read(this.input.value);
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.draw();
  }

  close() {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.button.focus();
  }

  take(time) {
    this.input.value = document.documentElement.lang === "fa" ? digits(this.calendar.written(time)) : this.calendar.written(time);
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  draw() {
    const { calendar, words } = this;
    const days = calendar.days(this.at);
    const before = (new Date(days[0]).getUTCDay() - calendar.begins + 7) % 7;
    const cells = [...Array(before).fill(null), ...days];
    const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
    const today = Math.floor(Date.now() / DAY) * DAY;
    const turn = (name, count) => el("button", { type: "button", class: "turn", "aria-label": words[name], title: words[name], onclick: () => this.go(calendar.month(this.at, count)) }, (count < 0) === (document.dir === "rtl") ? "›" : "‹");
    const cell = (time) => el("td", {}, time === null ? "" : el("button", {
      type: "button", tabindex: time === this.at ? "0" : "-1", "data-time": time, "aria-label": calendar.whole.format(time),
      "aria-current": time === today && "date", onclick: () => this.take(time) }, digits(calendar.parts(time).day)));
    const head = Array.from({ length: 7 }, (_, at) => el("th", { scope: "col" }, calendar.week.format(new Date(Date.UTC(2024, 0, 7 + calendar.begins + at)))));
    this.drawing = true;
    this.panel.replaceChildren(
      el("p", { class: "month" }, turn("previous", -1), el("span", { "aria-live": "polite" }, `${calendar.name.format(this.at)} ${digits(String(calendar.parts(this.at).year))}`), turn("next", 1)),
      el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...weeks.map((week) => el("tr", {}, ...week.map(cell))))),
      el("p", { class: "acts" }, el("button", { type: "button", class: "plain", onclick: () => this.take(today) }, words.today)));
    this.panel.querySelector(`[data-time="${this.at}"]`).focus();
    this.drawing = false;
  }

  go(time) {
    this.at = time;
    this.draw();
  }

  key(event) {
    if (event.key === "Escape") return this.close();
    if (!event.target.dataset.time) return;
    const ahead = document.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: ahead, ArrowLeft: -ahead, ArrowDown: 7, ArrowUp: -7 }[event.key];
    const days = this.calendar.days(this.at);
    if (step) this.go(this.at + step * DAY);
    else if (event.key === "PageDown") this.go(this.calendar.month(this.at, event.shiftKey ? 12 : 1));
    else if (event.key === "PageUp") this.go(this.calendar.month(this.at, event.shiftKey ? -12 : -1));
    else if (event.key === "Home") this.go(days[0]);
    else if (event.key === "End") this.go(days.at(-1));
    else return;
    event.preventDefault();
  }
}

/** Give the fields for days in `root` a month to choose from. */
export function dayFields(root, words) {
  for (const input of root.querySelectorAll("input[data-day]")) new Days(input, words);
}
