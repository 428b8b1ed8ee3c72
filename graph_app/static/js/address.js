// The address is the picture: its steps, what was removed from it, and what is open beside it.

const list = (text, sign) => (text ?? "").split(sign).filter(Boolean);

/** Return the state that the present address describes. */
export function read() {
  const query = new URLSearchParams(location.search);
  return {
    steps: list(query.get("ids"), ";").map((step) => list(step, ",")),
    without: list(query.get("without"), ","),
    open: query.get("open") ?? "",
  };
}

/** Return the address of a state; ids stay readable in it. */
export function write(state) {
  const values = [["ids", state.steps.map((step) => step.join(",")).join(";")], ["without", state.without.join(",")], ["open", state.open]];
  const query = values.filter(([, value]) => value).map(([name, value]) => `${name}=${readable(value)}`).join("&");
  return query ? `?${query}` : location.pathname;
}

function readable(value) {
  return encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%3B/g, ";");
}

/** Steps back and forth through the browser's own history; knows whether there is somewhere to go. */
export class Steps {
  constructor() {
    this.at = history.state?.at ?? 0;
    this.last = this.at;
  }

  /** Put `state` into the address: as a new step, or in place of the present one. */
  remember(state, { push }) {
    if (push) this.last = ++this.at;
    history[push ? "pushState" : "replaceState"]({ at: this.at }, "", write(state));
  }

  arrive(event) {
    this.at = event.state?.at ?? 0;
  }

  get canUndo() { return this.at > 0; }

  get canRedo() { return this.at < this.last; }
}
