// Entities gathered into stacks: what a stack holds, and what stands for an entity in the picture.

/** Return the entities behind `ids`: a stack stands for all of its members. */
export function entities(ids, picture) {
  const stacks = new Map(picture.nodes.filter((node) => node.members).map((node) => [node.id, node.members.map((one) => one.id)]));
  return [...new Set(ids.flatMap((id) => stacks.get(id) ?? [id]))];
}

/** Return the id of what is drawn for the entity `id`: itself, or the stack that it is in. */
export function drawnFor(id, picture) {
  return picture.nodes.find((node) => node.members?.some((one) => one.id === id))?.id ?? id;
}

/** Return the names of all that is in the picture, by id, those in stacks too. */
export function namesIn(picture) {
  return new Map(picture.nodes.flatMap((node) => [[node.id, node.name], ...(node.members ?? []).map((one) => [one.id, one.name])]));
}
