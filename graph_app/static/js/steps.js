// The steps in which a picture was built: each has words and an address; undo, redo and jumps go among them.
import { bare, read, write } from "./address.js";

const KEPT = "peyvand.steps";
const MOST = 200; // steps that are kept
const shape = (address) => write(bare(read(address)));

/**
 * The steps, and where the reader is among them. They live as long as the tab: reloading, or reading the page in the
 * other language, keeps them. Steps that stand next to each other in the browser's own history are reached through it.
 */
export class Steps {
  /** @param {object[]} opened steps of the picture as it was opened: {words, address} */
  constructor(opened) {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    const here = history.state;
    const same = kept && here?.line === kept.line && kept.entries[here.at];
    const known = same || (kept && shape(kept.entries[kept.at].address) === shape(location.search));
    this.entries = known ? kept.entries : opened;
    this.at = same ? here.at : known ? kept.at : opened.length - 1;
    this.line = same ? kept.line : crypto.getRandomValues(new Uint32Array(1))[0];
    [this.first, this.last] = same ? [kept.first, kept.last] : [this.at, this.at];
  }

  /** Put `state` into the address: as a new step told in `words`, or in place of the present one. */
  remember(state, words) {
    const address = write(state);
    if (words) {
      this.entries.length = this.at + 1;
      this.entries.push({ words, address });
      this.entries.splice(0, this.entries.length - MOST);
      this.last = this.at = this.entries.length - 1;
    } else this.entries[this.at] = { ...this.entries[this.at], address };
    history[words ? "pushState" : "replaceState"]({ at: this.at, line: this.line }, "", address);
    this.keep();
  }

  /** Go to a step. Return its state if the browser does not come there by itself. */
  jump(at) {
    if (at === this.at || !this.entries[at]) return null;
    if (at >= this.first && at <= this.last) {
      history.go(at - this.at);
      return null;
    }
    this.first = this.last = this.at = at;
    history.replaceState({ at, line: this.line }, "", this.entries[at].address);
    this.keep();
    return read(this.entries[at].address);
  }

  arrive(event) {
    if (event.state?.line === this.line) this.at = event.state.at;
    this.keep();
  }

  keep() {
    const { entries, at, line, first, last } = this;
    sessionStorage.setItem(KEPT, JSON.stringify({ entries, at, line, first, last }));
  }

  get canUndo() { return this.at > 0; }

  get canRedo() { return this.at < this.entries.length - 1; }
}

/** Return the steps of a picture that was opened by its address, the last one being all of it. */
export function opened(state, kept) {
  if (kept?.length && kept.every((step) => step.words && step.address) && shape(kept.at(-1).address) === shape(write(state))) return kept;
  const steps = state.steps.map((ids, index) => ({
    words: { name: index ? "added" : "began", ids },
    address: write({ steps: state.steps.slice(0, index + 1), without: [], open: "", view: "" }),
  }));
  if (!steps.length) return [{ words: { name: "empty" }, address: write(state) }];
  if (state.without.length) return [...steps, { words: { name: "removed", ids: state.without }, address: write(state) }];
  return [...steps.slice(0, -1), { ...steps.at(-1), address: write(state) }];
}
