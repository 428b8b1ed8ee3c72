// The address is the picture: its steps, what was removed from it, what is open beside it, what is selected, as what it is kept, how it is arranged, what is hidden, and what was written on it.
import { arrangementIn, arrangementOf } from "./arranged.js";
import { notesIn, notesOf } from "./noted.js";
import { siftedIn, siftedOf } from "./sifted.js";

const list = (text, sign) => (text ?? "").split(sign).filter(Boolean);

/** Return the state that the present address describes. */
export function read(search = location.search) {
  const query = new URLSearchParams(search);
  return {
    steps: list(query.get("ids"), ";").map((step) => list(step, ",")),
    without: list(query.get("without"), ","),
    open: query.get("open") ?? "",
    marked: list(query.get("marked"), ","),
    view: query.get("view") ?? "",
    ...arrangementIn(query),
    ...siftedIn(query),
    ...notesIn(query),
  };
}

/** Return the address of a state; ids stay readable in it. */
export function write(state) {
  const values = [["ids", state.steps.map((step) => step.join(",")).join(";")], ["without", state.without.join(",")], ["open", state.open], ["marked", (state.marked ?? []).join(",")], ["view", state.view], ...arrangementOf(state), ...siftedOf(state), ...notesOf(state)];
  const query = values.filter(([, value]) => value).map(([name, value]) => `${name}=${readable(value)}`).join("&");
  return query ? `?${query}` : location.pathname;
}

/** Return a state without what is open, selected and kept: the picture itself. */
export function bare(state) {
  return { ...state, open: "", marked: [], view: "" };
}

/** Return a state in which entities are called as what they were merged into; `merged` has the id of that by the old one. */
export function renamed(state, merged) {
  const now = (id) => merged[id] ?? id;
  const list = (ids) => [...new Set(ids.map(now))];
  const keyed = (values, both = (one) => one) => {
    const found = Object.create(null); // ids are keys, whatever they are called
    for (const [id, value] of Object.entries(values)) found[now(id)] = now(id) in found ? both(found[now(id)], value) : value;
    return found;
  };
  const seen = new Set();
  const steps = state.steps.map((step) => list(step).filter((id) => !seen.has(id) && seen.add(id))).filter((step) => step.length);
  const lists = Object.fromEntries(["without", "marked", "opened"].map((name) => [name, list(state[name])]));
  return { ...state, ...lists, steps, open: now(state.open), pins: keyed(state.pins), notes: keyed(state.notes, (one, other) => `${one}\n${other}`) };
}

function readable(value) {
  return encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%3B/g, ";");
}
