// The part of the address that says what is hidden: values of facets, the day, and whether what has no date stays.

/** Return what `query` says is hidden; `hide` holds `facet:value`. */
export function siftedIn(query) {
  return {
    hide: (query.get("hide") ?? "").split(",").filter(Boolean),
    as_of: query.get("as_of") ?? "",
    undated: query.get("undated") === "hide" ? "hide" : "",
  };
}

/** Return the parts of an address, [name, value] each; empty ones are left out by whoever writes it. */
export function siftedOf({ hide = [], as_of: day = "", undated = "" }) {
  return [["hide", hide.join(",")], ["as_of", day], ["undated", undated]];
}
