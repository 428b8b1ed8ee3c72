// A field for an entity: names as you type, by the same search as everywhere. What is sent is the id of the chosen one.
import { json } from "./ask.js";
import { el, fill, icon } from "./dom.js";

const WAIT = 120;

/** Offer names under `input`; the form sends the id of the one that was chosen, or what was typed. */
class Pick {
  constructor(input) {
    this.input = input;
    if (input.dataset.named) [input.dataset.id, input.value] = [input.value, input.dataset.named];
    this.chosen = input.dataset.many ? new Map(listed(input.dataset.chosen, ",").map((id, at) => [id, input.dataset.names.split("\n")[at]])) : null;
    this.list = el("ul", { id: `${input.id}-list`, role: "listbox", "aria-label": input.labels[0].textContent });
    this.panel = el("div", { class: "found", hidden: true }, this.list);
    this.said = el("p", { class: "visually-hidden", role: "status" });
    this.hits = [];
    this.at = -1;
    input.after(this.panel, this.said);
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"], ["aria-controls", this.list.id]]) input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    input.form.addEventListener("formdata", ({ formData }) => this.send(formData));
    if (this.chosen) {
      this.chips = el("ul", { class: "chosen" });
      input.before(this.chips);
      if (this.chosen.size) input.value = "";
      this.list_chosen();
    }
  }

  /** Put the id of what was chosen into what the form sends; what is only typed is sent as it is, for the server to read. */
  send(formData) {
    if (!this.input.isConnected) return; // the field was put in anew
    if (!this.chosen) return this.input.dataset.id && formData.set(this.input.name, this.input.dataset.id);
    formData.set(this.input.name, [...this.chosen.keys(), ...listed(this.input.value, ",")].join(","));
  }

  /** Show what was chosen of a field that takes several, each with a button that takes it out again. */
  list_chosen() {
    const out = (id) => { this.chosen.delete(id); this.list_chosen(); this.input.focus(); this.changed(); };
    this.chips.replaceChildren(...[...this.chosen].map(([id, name]) => el("li", {}, el("bdi", {}, name), " ",
      el("button", { type: "button", class: "plain", "aria-label": fill(this.input.dataset.many, { name }), onclick: () => out(id) }, "×"))));
  }

  changed() {
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  typed() {
    this.input.dataset.id = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.asking?.abort();
    const text = this.input.value.trim();
    if (!text) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await json(`${this.input.dataset.search}${this.input.dataset.search.includes("?") ? "&" : "?"}q=${encodeURIComponent(text)}`, this.asking.signal);
      this.show(answer.results, answer.results.length ? answer.count : this.input.dataset.none);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(hits, told) {
    this.hits = hits;
    this.list.replaceChildren(...hits.map((hit, index) => el("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false", "data-id": hit.id, onclick: () => this.take(hit) },
      icon(hit), el("span", { class: "names" }, el("bdi", { lang: hit.lang }, hit.name), el("span", { class: "second" }, el("bdi", {}, hit.other_name))),
      el("span", { class: "tail" }, hit.fact), el("span", { class: "told" }, [hit.label_name, hit.place, hit.why].filter(Boolean).join(" · ")))));
    this.said.textContent = told;
    this.panel.hidden = !hits.length;
    this.input.setAttribute("aria-expanded", String(!this.panel.hidden));
    this.choose(hits.length ? 0 : -1);
  }

  choose(index) {
    this.at = index;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = this.list.children[index];
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  take(hit) {
    if (this.chosen) {
      this.chosen.set(hit.id, hit.name);
      this.list_chosen();
    }
    this.input.value = this.chosen ? "" : hit.name;
    this.input.dataset.id = this.chosen ? "" : hit.id;
    this.close();
    this.changed();
  }

  key(event) {
    if (event.isComposing || this.panel.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose((this.at + step + this.hits.length) % this.hits.length);
    else if (event.key === "Enter") this.take(this.hits[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

const listed = (text, sign) => (text ?? "").split(sign).map((part) => part.trim()).filter(Boolean);

/** Make pickers of the fields for entities in `root`. */
export function pickers(root) {
  for (const input of root.querySelectorAll("input[data-search]")) new Pick(input);
}

pickers(document);

// What is left empty does not stand in the address.
for (const form of new Set([...document.querySelectorAll("input[data-search]")].map((input) => input.form))) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
}

for (const link of document.querySelectorAll("[data-swap]")) {
  link.addEventListener("click", (event) => {
    const [one, two] = link.dataset.swap.split(",").map((name) => document.querySelector(`input[name="${name}"]`));
    event.preventDefault();
    [one.value, two.value] = [two.value, one.value];
    [one.dataset.id, two.dataset.id] = [two.dataset.id, one.dataset.id];
    if (one.value && two.value) one.form.requestSubmit();
  });
}
