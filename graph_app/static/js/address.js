// The address is the picture: its steps, what was removed from it, what is open beside it, as what it is kept, how it is arranged, and what is hidden.
import { arrangementIn, arrangementOf } from "./arranged.js";
import { siftedIn, siftedOf } from "./sifted.js";

const list = (text, sign) => (text ?? "").split(sign).filter(Boolean);

/** Return the state that the present address describes. */
export function read(search = location.search) {
  const query = new URLSearchParams(search);
  return {
    steps: list(query.get("ids"), ";").map((step) => list(step, ",")),
    without: list(query.get("without"), ","),
    open: query.get("open") ?? "",
    view: query.get("view") ?? "",
    ...arrangementIn(query),
    ...siftedIn(query),
  };
}

/** Return the address of a state; ids stay readable in it. */
export function write(state) {
  const values = [["ids", state.steps.map((step) => step.join(",")).join(";")], ["without", state.without.join(",")], ["open", state.open], ["view", state.view], ...arrangementOf(state), ...siftedOf(state)];
  const query = values.filter(([, value]) => value).map(([name, value]) => `${name}=${readable(value)}`).join("&");
  return query ? `?${query}` : location.pathname;
}

function readable(value) {
  return encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%3B/g, ";");
}
