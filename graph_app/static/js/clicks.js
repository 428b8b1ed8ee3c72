// Clicks in the explorer: tools, links that select or add instead of leaving the page, statements that are copied.

/** Listen for clicks in `root`. `acts`: tool(name), copy(button), select(id), panel(address), add(ids), bring(id). */
export function clicks(root, acts) {
  root.addEventListener("click", (event) => {
    const near = (selector) => event.target.closest(selector);
    const held = event.ctrlKey || event.metaKey || event.shiftKey;
    const instead = (act, value) => { event.preventDefault(); act(value); };
    if (near("[data-close]")) return near("dialog").close();
    if (near("[data-do]")) return acts.tool(near("[data-do]").dataset.do);
    if (near("[data-copy]")) return acts.copy(near("[data-copy]"));
    if (held) return null;
    if (near("a[data-shown]")) return instead(acts.select, near("a[data-shown]").dataset.shown);
    if (near(".details a[data-panel]")) return instead(acts.panel, near("a[data-panel]").dataset.panel);
    if (near("a[data-add-all]")) return instead(acts.add, near("a[data-add-all]").dataset.addAll.split(","));
    const id = near("a[data-add]")?.dataset.add ?? near(".details a[data-entity]")?.dataset.entity;
    return id && !id.startsWith("source:") ? instead(acts.bring, id) : null;
  });
}
