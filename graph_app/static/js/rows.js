// A long table: only the rows in view stand in the page, and those around them are fetched as they are scrolled to.
import { piece } from "./ask.js";
import { el } from "./dom.js";

const AROUND = 20; // rows drawn beyond what is seen
const PAGES = 12; // pages that are kept

class Rows {
  constructor(root) {
    this.root = root;
    this.table = root.querySelector("table");
    this.body = this.table.tBodies[0];
    this.count = Number(root.dataset.count);
    this.size = Number(root.dataset.atOnce);
    this.pages = new Map();
    this.asked = new Set();
    this.at = Number(root.dataset.offset);
    root.classList.add("live");
    this.table.style.minWidth = `${11 * this.table.tHead.rows[0].cells.length}rem`;
    root.addEventListener("mouseover", ({ target }) => { // what does not fit is told
      const cell = target.closest("td");
      if (cell && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent.trim();
    });
    this.height = this.body.rows[0].getBoundingClientRect().height;
    this.pages.set(Math.floor(this.at / this.size), [...this.body.rows]);
    this.above = el("tr", { "aria-hidden": "true", class: "space" });
    this.below = el("tr", { "aria-hidden": "true", class: "space" });
    document.querySelector(".pager")?.remove();
    root.addEventListener("scroll", () => this.soon(), { passive: true });
    root.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.soon()).observe(root);
    root.scrollTop = this.at * this.height;
    this.draw();
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
  }

  /** The rows that are to stand in the page: from the first one on, before the last one. */
  window() {
    const seen = Math.ceil(this.root.clientHeight / this.height);
    const first = Math.max(0, Math.min(Math.floor(this.root.scrollTop / this.height), this.count - seen) - AROUND);
    return [first, Math.min(this.count, first + seen + 2 * AROUND)];
  }

  draw() {
    const [first, last] = this.window();
    const pages = [];
    for (let page = Math.floor(first / this.size); page * this.size < last; page += 1) pages.push(page);
    for (const page of pages) this.pages.has(page) || this.fetch(page);
    const rows = [];
    for (let index = first; index < last; index += 1) rows.push(this.row(index) ?? this.waiting(index));
    const focused = this.body.contains(document.activeElement) ? document.activeElement.closest("tr") : null;
    this.above.style.height = `${first * this.height}px`;
    this.below.style.height = `${(this.count - last) * this.height}px`;
    const wanted = [this.above, ...rows, this.below];
    if (focused && !rows.includes(focused)) this.root.focus({ preventScroll: true });
    const same = wanted.length === this.body.rows.length && wanted.every((row, at) => row === this.body.rows[at]);
    if (!same) this.swap(wanted, focused);
    this.root.dataset.first = first;
    this.root.dataset.ready = pages.every((page) => this.pages.has(page)) ? "yes" : "no";
  }

  /** Put the rows in place; those that stay are not taken out, so that the focus stays where it is. */
  swap(wanted) {
    const staying = new Set(wanted);
    for (const row of [...this.body.rows]) if (!staying.has(row)) row.remove();
    wanted.forEach((row, at) => { if (this.body.rows[at] !== row) this.body.insertBefore(row, this.body.rows[at] ?? null); });
  }

  row(index) {
    return this.pages.get(Math.floor(index / this.size))?.[index % this.size];
  }

  waiting(index) {
    return el("tr", { "aria-rowindex": index + 2, "aria-busy": "true" }, el("td", { colspan: this.table.tHead.rows[0].cells.length }, "…"));
  }

  async fetch(page) {
    if (this.asked.has(page)) return;
    this.asked.add(page);
    const sign = this.root.dataset.rows.includes("?") ? "&" : "?";
    try {
      const [table] = await piece(`${this.root.dataset.rows}${sign}offset=${page * this.size}`);
      this.pages.set(page, [...table.tBodies[0].rows]);
      const [first, last] = this.window();
      for (const old of this.pages.keys()) {
        if (this.pages.size <= PAGES) break;
        if ((old + 1) * this.size <= first || old * this.size >= last) this.pages.delete(old);
      }
      this.draw();
    } catch {
      // it is asked for again when it is scrolled to
    } finally {
      this.asked.delete(page);
    }
  }

  key(event) {
    if (event.target.closest("input, select, summary") || event.altKey || event.metaKey) return;
    const screen = Math.max(1, Math.floor(this.root.clientHeight / this.height) - 2);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: screen, PageUp: -screen, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === "Enter" && event.target.matches("tr")) return event.target.querySelector("a")?.click();
    if (!step) return;
    event.preventDefault();
    const on = event.target.closest("tr[aria-rowindex]");
    const before = on && this.body.contains(on) ? Number(on.getAttribute("aria-rowindex")) - 2 : Math.floor(this.root.scrollTop / this.height) - 1;
    this.go(before + step);
  }

  /** Bring a row into view and the focus to it, as soon as it is there. */
  go(index) {
    this.at = Math.max(0, Math.min(this.count - 1, index));
    const head = this.table.tHead.getBoundingClientRect().height;
    const foot = this.table.tFoot?.getBoundingClientRect().height ?? 0;
    const [top, bottom] = [this.at * this.height, (this.at + 1) * this.height];
    const room = this.root.clientHeight - head - foot;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (bottom > this.root.scrollTop + room) this.root.scrollTop = bottom - room;
    this.draw();
    this.focus(this.at);
  }

  focus(index, tries = 40) {
    if (index !== this.at) return;
    const row = this.row(index);
    if (!row?.isConnected) return void (tries && setTimeout(() => this.focus(index, tries - 1), 50));
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }
}

/** Bring the long tables in `root` to life. */
export function tables(root) {
  for (const table of root.querySelectorAll(".virtual[data-rows]")) new Rows(table);
}
