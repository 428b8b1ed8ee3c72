// The list of steps beside the picture, and what keeps it under a name or compares it on two days.
import { write } from "./address.js";
import { digits, el, fill } from "./dom.js";

const NAMED = 3; // entities that a step names

/** Return the words of a step; `names` knows the entities by id. */
export function said(step, { step_names: texts, headings }, names) {
  const { name, ids = [], id, type, count } = step.words;
  const named = ids.slice(0, NAMED).map((one) => names.get(one) ?? one).join(document.documentElement.lang === "fa" ? "، " : ", ");
  const all = ids.length > NAMED ? fill(texts.many, { names: named, count: digits(ids.length - NAMED) }) : named;
  return fill(texts[name] ?? "", { names: all, name: names.get(id) ?? id, count: digits(count ?? 0), what: step.words.what ?? headings[type] ?? "" });
}

export class StepList {
  /** @param {HTMLElement} root @param {object} page sentences @param {Function} jump called with the index of a step */
  constructor(root, page, jump) {
    this.root = root;
    this.page = page;
    this.jump = jump;
    this.stored = new Map(Object.entries(JSON.parse(sessionStorage.getItem("peyvand.names") ?? "{}")));
    this.names = new Map(this.stored);
  }

  /** Learn the names in a picture, so that a step can be told after what it speaks of was removed; none is stored that is confidential. */
  learn(nodes) {
    for (const node of nodes) {
      this.names.set(node.id, node.name);
      if (node.confidential) this.stored.delete(node.id);
      else this.stored.set(node.id, node.name);
    }
    sessionStorage.setItem("peyvand.names", JSON.stringify(Object.fromEntries(this.stored)));
  }

  show({ entries, at }) {
    const focused = this.root.contains(document.activeElement);
    this.root.querySelector("ol").replaceChildren(...entries.map((step, index) => el("li", {},
      el("button", { type: "button", "aria-current": index === at && "step", class: index > at && "ahead", onclick: () => this.jump(index) },
        el("bdi", {}, said(step, this.page, this.names))))));
    if (focused) this.root.querySelector("[aria-current]")?.focus();
  }
}

/** Fill the forms that keep or compare the picture with its present address and steps. */
export function filled(root, state, steps) {
  const address = write({ ...state, marked: [], view: "" });
  const parts = new URLSearchParams(address.startsWith("?") ? address : "");
  const own = { address, steps: JSON.stringify(steps.entries.slice(0, steps.at + 1)) };
  for (const input of root.querySelectorAll("dialog.save input[type=hidden], dialog.compare input[type=hidden]")) {
    input.value = own[input.name] ?? parts.get(input.name) ?? "";
    input.disabled = !input.value;
  }
}
