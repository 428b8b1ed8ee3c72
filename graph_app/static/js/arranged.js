// The part of the address that says how the picture is arranged: layout, pins, groups and sizes.

const list = (text) => (text ?? "").split(",").filter(Boolean);

/** Return what `query` says of the arrangement; pins are {id: [x, y, steps that the picture had]}. */
export function arrangementIn(query) {
  const pins = list(query.get("pins")).map((one) => one.split("~")).filter((parts) => parts.length >= 4);
  return {
    layout: query.get("layout") ?? "",
    pins: Object.fromEntries(pins.map((parts) => [parts.slice(0, -3).join("~"), parts.slice(-3).map(Number)])),
    group: query.get("group") ?? "",
    opened: list(query.get("opened")),
    size: query.get("size") ?? "",
  };
}

/** Return the parts of an address, [name, value] each; empty ones are left out by whoever writes it. */
export function arrangementOf({ layout = "", pins = {}, group = "", opened = [], size = "" }) {
  const pinned = Object.entries(pins).map(([id, numbers]) => [id, ...numbers].join("~")).join(",");
  return [["layout", layout === "organic" ? "" : layout], ["pins", pinned], ["group", group], ["opened", group ? opened.join(",") : ""], ["size", size]];
}
