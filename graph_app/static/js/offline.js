// The picture in a page of its own: select an entity or a tie, and its rows below are marked.
(() => {
  const { nodes, edges, options } = JSON.parse(document.getElementById("picture").textContent);
  const { Network, DataSet } = window.vis;
  const light = matchMedia("print").matches || !matchMedia("(prefers-color-scheme: dark)").matches;
  const text = { face: "Vazirmatn, system-ui, sans-serif", size: 13, color: light ? "#1f2629" : "#e3e8ea", strokeWidth: 3, strokeColor: light ? "#ffffff" : "#15191b", vadjust: 2 };
  const drawn = {
    nodes: new DataSet(nodes.map(({ id, label, shape, image, x, y, color, size = 20 }) => ({ id, label, shape, image, x, y, size, color: { background: color, border: color }, font: text }))),
    edges: new DataSet(edges.map(({ id, from, to, arrows, dashes, label, light: pale, derived, unsourced }) => ({
      id, from, to, arrows, dashes, label, font: { ...text, size: 11 }, width: 1.5, color: { color: unsourced ? "#b45309" : "#7b878d", opacity: pale || derived ? 0.55 : 1 } }))),
  };
  const network = new Network(document.getElementById("canvas"), drawn, { ...options, nodes: { shapeProperties: { useBorderWithImage: true } } });
  network.once("afterDrawing", () => network.fit());
  const rows = [...document.querySelectorAll("tr[data-ids]")];
  const mark = (ids) => {
    const marked = rows.filter((row) => {
      const on = row.dataset.ids.split(" ").some((id) => ids.includes(id));
      row.setAttribute("aria-selected", String(on));
      return on;
    });
    return marked[0];
  };
  network.on("select", ({ nodes: chosen, edges: strokes }) => mark(chosen.length ? chosen : strokes)?.scrollIntoView({ block: "nearest" }));
  for (const row of rows) row.addEventListener("click", () => {
    const [id] = row.dataset.ids.split(" ");
    mark([id]);
    if (!drawn.nodes.get(id)) return;
    network.selectNodes([id]);
    network.focus(id, { scale: 1 });
    document.getElementById("canvas").scrollIntoView({ block: "nearest" });
  });
})();
