// What was opened lately, for this window, and what was pinned, for this browser; by language, since names are.
// What is confidential is not kept: others may read what a browser stores.
const KEPT = 8;
const key = (name) => `peyvand.${name}.${document.documentElement.lang}`;
const shelf = { recent: sessionStorage, pinned: localStorage };

function read(name) {
  try {
    return JSON.parse(shelf[name].getItem(key(name)) ?? "[]");
  } catch {
    return [];
  }
}

const write = (name, hits) => shelf[name].setItem(key(name), JSON.stringify(hits));

/** Remember that `hit` was opened. */
export function remember(hit) {
  if (hit.confidential) return;
  write("recent", [hit, ...read("recent").filter((one) => one.id !== hit.id)].slice(0, KEPT));
}

/** Pin `hit`, or let it go; return whether it is pinned now. What is confidential cannot be pinned. */
export function pin(hit) {
  const pinned = read("pinned");
  const others = pinned.filter((one) => one.id !== hit.id);
  const added = others.length === pinned.length && !hit.confidential;
  write("pinned", added ? [hit, ...others] : others);
  return added;
}

export const isPinned = (id) => read("pinned").some((one) => one.id === id);

/** What is pinned, and then what was opened lately. */
export function kept() {
  const pinned = read("pinned").map((hit) => ({ ...hit, why: "", pinned: true }));
  return [...pinned, ...read("recent").filter((hit) => !pinned.some((one) => one.id === hit.id)).map((hit) => ({ ...hit, why: "" }))];
}
