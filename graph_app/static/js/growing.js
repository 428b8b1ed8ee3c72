// What comes into the picture and goes out of it; each is a step.
import { statements } from "./cypher.js";
import { expansion } from "./details.js";
import { digits, fill } from "./dom.js";
import { entities } from "./stacks.js";

export class Growing {
  /**
   * @param {object} explorer what it sees of the explorer and how it changes it: say, details, state(), set(fields, words), refresh({fit}),
   * picture(), present(), chosen(), announce(text), notice(...parts), chip(count, go)
   */
  constructor(explorer) {
    Object.assign(this, explorer);
  }

  /** Add entities, in one step; those that were taken out come back. */
  async add(ids, { more = 0, words } = {}) {
    const { steps, without } = this.state();
    const known = new Set(steps.flat());
    const fresh = ids.filter((id) => !known.has(id));
    const back = ids.filter((id) => without.includes(id));
    const count = fresh.length + back.length;
    if (!count) return this.announce(this.say.nothing_new);
    const fields = { steps: fresh.length ? [...steps, fresh] : steps, without: without.filter((id) => !ids.includes(id)) };
    this.set(fields, { name: known.size ? "added" : "began", ...words, ids: [...fresh, ...back], count });
    await this.refresh({ fit: true });
    const news = [fill(this.say.added, { count: digits(count) }), more ? fill(this.say.more, { count: digits(more) }) : ""];
    this.announce(news.filter(Boolean).join(". "));
    if (more) this.notice(...news);
  }

  /** Add new neighbours of one type and direction, and offer to go on. */
  async expand(id, group) {
    const found = await expansion(id, group, this.present());
    await this.add(found.ids, { ...found, words: { name: "expanded", id, type: `${group.type} ${group.direction}` } });
    if (found.more) this.notice(this.chip(found.more, () => this.expand(id, group)));
    await this.details.offer(id, this.present());
    this.details.tell(statements(found.cypher, this.say));
  }

  /** Take entities out of the picture, in one step. */
  async putAway(ids, fields = {}) {
    const gone = entities(ids, this.picture());
    this.set({ ...fields, without: [...this.state().without, ...gone] }, { name: "removed", ids: gone });
    await this.refresh();
    this.announce(fill(this.say.removed, { count: digits(gone.length) }));
  }

  /** Take out what is selected. */
  async remove() {
    if (!this.chosen().length) return;
    await this.putAway(this.chosen(), { open: "", marked: [] });
    this.details.clear();
  }
}
