// The details beside the picture: a piece of page of what is open, and the ways to expand it.
import { json, piece } from "./ask.js";
import { bring, digits, el, fill } from "./dom.js";

export class Details {
  /**
   * @param {HTMLElement} root @param {object} say sentences @param {Function} expand called with (id, group)
   * @param {Function} filters returns the parts of the address that hide something, [name, value] each
   */
  constructor(root, say, expand, filters) {
    this.filters = filters;
    this.content = root.querySelector(".content");
    this.headed = root.querySelector(".headed"); // what is open, above what can be done with it
    this.menu = root.querySelector(".expand");
    this.say = say;
    this.expand = expand;
    this.wanted = "";
  }

  clear() {
    this.wanted = "";
    this.menu.hidden = true;
    this.headed.hidden = true;
    this.content.replaceChildren(el("p", { class: "none" }, this.say.empty));
  }

  /** Show the piece of page at `address`, unless something else is asked for meanwhile. */
  async show(address) {
    this.wanted = address;
    this.content.setAttribute("aria-busy", "true");
    const found = await piece(address).catch(() => [el("p", { class: "problem", role: "alert" }, this.say.failed)]);
    if (this.wanted !== address) return;
    this.content.replaceChildren(...found);
    const head = this.content.querySelector(".panel > .head");
    this.headed.replaceChildren(...(head ? [head] : []));
    this.headed.hidden = !head;
    this.content.removeAttribute("aria-busy");
    this.content.parentElement.scrollTop = 0;
  }

  /** Offer the ways in which the entity `id` can be expanded, each with how many there are and how many are new. */
  async offer(id, shown) {
    const around = await neighbours(id, shown, this.filters());
    if (!this.wanted.startsWith(`/entities/${id}/`)) return;
    const focused = this.menu.contains(document.activeElement);
    this.menu.querySelector(".cypher")?.remove();
    this.menu.hidden = around.groups.length === 0;
    this.menu.querySelector("ul").replaceChildren(...around.groups.map((group) => el("li", {}, this.button(id, group))));
    if (focused) this.focus();
  }

  button(id, group) {
    const fewer = group.seen !== null && group.seen < group.new;
    const words = fewer ? this.say.expand_seen : group.new === group.count ? this.say.expand_new : group.new ? this.say.expand : this.say.expand_none;
    const told = fill(words, { name: group.name, count: digits(group.count), new: digits(group.new), seen: digits(group.seen ?? 0) });
    const place = { type: "button", disabled: group.new === 0, "data-type": group.type, "data-direction": group.direction };
    return el("button", { ...place, onclick: () => this.expand(id, group) }, told);
  }

  /** Show a piece below the ways to expand. */
  tell(piece) {
    this.menu.querySelector(".cypher")?.remove();
    this.menu.append(piece);
  }

  hideMenu() {
    this.menu.hidden = true;
  }

  /** Show the answer to a question about the picture, and go where it stands. */
  async answer(address) {
    this.hideMenu();
    await this.show(address);
    bring(this.content);
  }

  /** Go to what is told, past the ways to expand. */
  told() {
    this.content.querySelector("a, summary, button")?.focus();
  }

  focus() {
    (this.menu.querySelector("button:not(:disabled)") ?? this.content.querySelector("a"))?.focus();
  }
}

/** Return the groups of neighbours of `id`, counted against what is `shown` and what `filters` hide. */
function neighbours(id, shown, filters) {
  return json(`/api/v1/entities/${id}/neighbours?${new URLSearchParams([["shown", shown.join(",")], ...filters.filter(([, value]) => value)])}`);
}

/** Return new neighbours of one group, the best connected first, and how many more there are. */
export function expansion(id, { type, direction }, shown) {
  return json(`/api/v1/entities/${id}/expand?${new URLSearchParams({ type, direction, shown: shown.join(",") })}`);
}
