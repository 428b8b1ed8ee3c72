// What is done with all that is selected at once: expand, collapse, common ties, paths.
import { json } from "./ask.js";
import { digits, el, fill } from "./dom.js";
import { hanging } from "./selection.js";

const COMMON = 50; // entities that can be asked about at once

/** What the explorer can do with several entities; `explorer` is how they see it and change it. */
export class Together {
  constructor(explorer) {
    Object.assign(this, explorer);
  }

  /** Add new neighbours of all that is chosen; those of a hub are to be chosen by kind. */
  async everything() {
    const ids = this.chosen();
    if (!ids.length) return;
    const found = await json(`/api/v1/expand?${new URLSearchParams({ ids: ids.join(","), shown: this.shown().join(",") })}`);
    const hubs = Object.entries(found.hubs).map(([id, count]) => fill(this.say.hub, { name: this.nameOf(id), count: digits(count) }));
    if (found.ids.length || !hubs.length) await this.add(found.ids, { ...found, words: ids.length === 1 ? { name: "everything", id: ids[0] } : {} });
    if (found.more || hubs.length) this.notice(found.more ? this.chip(found.more, () => this.everything()) : "", ...hubs);
    await this.reoffer();
  }

  /** Return the chip that goes on with what was cut. */
  chip(count, go) {
    return el("button", { type: "button", class: "chip", onclick: this.attempted(go) }, fill(this.say.more_chip, { count: digits(count) }));
  }

  /** Put away what hangs on nothing but what is chosen. */
  async collapse() {
    const gone = hanging(this.picture(), this.chosen(), this.step);
    if (!gone.length) return this.notice(this.say.nothing_hangs);
    await this.putAway(gone);
    await this.reoffer();
  }

  common() {
    return this.ask(COMMON, (ids) => `/common/panel?ids=${encodeURIComponent(ids.join(","))}`);
  }

  paths() {
    return this.ask(2, ([one, two]) => `/paths/panel?${new URLSearchParams({ from: one, to: two })}`);
  }

  /** Show beside the picture what is asked of at least two entities, and read it out. */
  async ask(most, address) {
    const ids = this.chosen();
    if (ids.length < 2 || ids.length > most) return this.notice(this.say.choose_two);
    this.notice();
    await this.details.answer(address(ids));
    this.announce(this.details.content.innerText);
  }
}
