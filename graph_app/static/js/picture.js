// The picture: vis-network behind a small interface, so that another renderer can take its place.

const OPTIONS = {
  autoResize: true,
  nodes: { size: 20, borderWidth: 2, borderWidthSelected: 4, imagePadding: 0, shapeProperties: { useBorderWithImage: true } },
  edges: { width: 1.6, selectionWidth: 2, hoverWidth: 1, arrows: { to: { scaleFactor: 0.45 } }, smooth: false },
};

export class Picture {
  /** @param {HTMLElement} place where to draw @param {object} events select(nodes, edges), open(id) */
  constructor(place, events) {
    this.place = place;
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, {});
    this.network.on("select", ({ nodes, edges }) => events.select(nodes, nodes.length ? [] : edges));
    this.network.on("doubleClick", ({ nodes }) => nodes.length && events.open(nodes[0]));
  }

  /** Draw nodes and edges; what stood there before keeps its place on the screen unless `fit` is asked for. */
  draw({ nodes, edges, options }, { fit }) {
    const style = getComputedStyle(this.place);
    const text = style.getPropertyValue("--text").trim();
    const ground = style.getPropertyValue("--ground").trim();
    this.network.setOptions({ ...options, ...OPTIONS, edges: { ...OPTIONS.edges, smooth: false } });
    this.edges.clear();
    this.nodes.clear();
    this.nodes.add(nodes.map((node) => styled(node, text, ground)));
    this.edges.add(edges.map((edge) => stroked(edge, text, ground)));
    if (fit) this.fit();
  }

  fit() {
    this.network.fit({ animation: false, maxZoomLevel: 1.3 });
  }

  /** Ring the entity or tie `id` and move it into view. */
  select(id) {
    const edge = this.edges.get().find((one) => one.id === id || one.tie_ids.includes(id));
    if (this.nodes.get(id)) this.network.selectNodes([id], true);
    else if (edge) this.network.selectEdges([edge.id]);
    else this.network.unselectAll();
    return edge;
  }

  /** The entity nearest to `id` in the direction of an arrow key; the first one of all without `id`. */
  neighbour(id, key) {
    const all = this.nodes.get();
    if (!id) return all.sort((a, b) => a.y - b.y || a.x - b.x)[0]?.id;
    const here = this.network.getPositions([id])[id];
    const along = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
    const places = this.network.getPositions();
    let best = null;
    for (const other of all) {
      const [dx, dy] = [places[other.id].x - here.x, places[other.id].y - here.y];
      const ahead = dx * along[0] + dy * along[1];
      const aside = Math.abs(dx * along[1]) + Math.abs(dy * along[0]);
      if (other.id === id || ahead <= 1) continue;
      const cost = ahead + 2 * aside;
      if (!best || cost < best.cost) best = { id: other.id, cost };
    }
    return best?.id ?? id;
  }

  center(id) {
    this.network.focus(id, { scale: this.network.getScale(), animation: false });
  }
}

function styled(node, text, ground) {
  const colour = node.color;
  return {
    ...node,
    color: { background: colour, border: colour, highlight: { background: colour, border: text }, hover: { background: colour, border: text } },
    font: { face: "Vazirmatn", size: 13, color: text, vadjust: 2, strokeWidth: 4, strokeColor: ground },
    title: [node.other_name, node.type_name].filter(Boolean).join("\n"),
  };
}

function stroked(edge, text, ground) {
  return {
    ...edge,
    color: { color: text, opacity: edge.light || edge.derived ? 0.35 : 0.7, highlight: text, hover: text },
    font: { face: "Vazirmatn", size: 12, color: text, strokeWidth: 4, strokeColor: ground, align: "middle" },
    title: [edge.phrase, edge.certainty, edge.state_name].filter(Boolean).join("\n"),
    label: edge.label || undefined,
  };
}
