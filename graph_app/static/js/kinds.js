// The entities of a large picture by type and state together: what is drawn alike, listed alike, and put away together.

/** Return `data` with `types` and `legend` of kinds: each type without a state, and with each state that it has. */
export function byKind(data) {
  const kinds = new Map();
  const types = data.types.map((type, index) => {
    const state = data.states[index];
    const key = `${type} ${state}`;
    if (!kinds.has(key)) kinds.set(key, { at: kinds.size, ...data.legend[type], state: data.state_legend[state]?.state ?? "", state_name: data.state_legend[state]?.name ?? "", count: 0 });
    const kind = kinds.get(key);
    kind.count += 1;
    return kind.at;
  });
  return { ...data, types, legend: [...kinds.values()] };
}

/** Return the places of the kinds that are away: their type is, as `City`, or their state, as `state:expired`. */
export function away(kinds, hidden) {
  return kinds.flatMap((kind, index) => (hidden.includes(kind.label) || (kind.state && hidden.includes(`state:${kind.state}`)) ? [index] : []));
}
