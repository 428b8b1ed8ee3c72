// Small signs on the picture: the state of an agreement, how many neighbours are not shown, and that there is a note.
import { digits } from "./dom.js";

const RADIUS = 7;
const ASIDE = 16; // pixels from the count of a stroke
const FAR = 0.55; // scale, below which counts are not drawn

/** Draw the signs of `nodes` on the canvas; `states` has the shape and the colour of each state. */
export function drawSigns(context, network, nodes, states) {
  const places = network.getPositions();
  const far = network.getScale() < FAR;
  for (const node of nodes) {
    const { x, y } = places[node.id] ?? {};
    if (x === undefined || node.opacity < 1) continue;
    const [aside, over] = corner(node);
    if (node.state && states[node.state]) drawState(context, x + aside, y - aside, states[node.state]);
    if (node.hidden_count && !far) drawCount(context, x - aside, y - over, `+${digits(node.hidden_count)}`);
  }
}

/** Return the entity whose count of neighbours that are not shown lies at `point`, if there is one. */
export function countAt(point, network, nodes) {
  if (network.getScale() < FAR) return null;
  const places = network.getPositions();
  const hit = (node) => node.hidden_count && Math.abs(point.x - places[node.id].x + corner(node)[0]) < 14 && Math.abs(point.y - places[node.id].y + corner(node)[1]) < 8;
  return nodes.find(hit)?.id;
}

/** Draw a slip of paper on each disc and stroke on which there is a note. */
export function drawNotes(context, nodes, edges, places) {
  for (const node of nodes) {
    if (!node.note || !places[node.id]) continue;
    const [aside] = corner(node);
    drawSlip(context, places[node.id].x + aside, places[node.id].y + aside);
  }
  for (const { from, to, note, smooth, number } of edges) {
    if (!note || !places[from] || !places[to]) continue;
    const [dx, dy] = [places[to].x - places[from].x, places[to].y - places[from].y];
    const bend = smooth?.enabled ? smooth.roundness / 2 : 0;
    drawSlip(context, places[from].x + dx / 2 + bend * dy + (number ? ASIDE : 0), places[from].y + dy / 2 - bend * dx);
  }
}

function drawSlip(context, x, y) {
  context.save();
  context.translate(x, y);
  context.fillStyle = "#fff";
  context.strokeStyle = "#3c464a";
  context.lineWidth = 1.2;
  const slip = new Path2D("M-6 -6h12v8l-4 4h-8zM6 2h-4v4");
  context.fill(slip);
  context.stroke(slip);
  context.stroke(new Path2D("M-3.5 -3h7M-3.5 -0.2h3.5"));
  context.restore();
}

/** How far from the middle of a disc its signs are: at its rim, whatever its size. */
function corner({ size = 20 }) {
  return [0.75 * size, 0.75 * size + 2];
}

function drawCount(context, x, y, text) {
  context.save();
  context.font = "600 9px Vazirmatn";
  context.direction = "ltr";
  context.textAlign = "center";
  context.textBaseline = "middle";
  const width = context.measureText(text).width + 7;
  context.beginPath();
  context.roundRect(x - width / 2, y - 6.5, width, 13, 6.5);
  context.fillStyle = "#fff";
  context.strokeStyle = "#8a9499";
  context.lineWidth = 1;
  context.fill();
  context.stroke();
  context.fillStyle = "#3c464a";
  context.fillText(text, x, y + 0.5);
  context.restore();
}

function drawState(context, x, y, { badge, colour }) {
  context.save();
  context.translate(x, y);
  circle(context, RADIUS + 1.5);
  context.fillStyle = "#fff";
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = context.fillStyle = colour;
  SHAPES[badge](context);
  context.restore();
}

function circle(context, radius) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
}

function outline(context) {
  circle(context, RADIUS - 2);
  context.stroke();
}

const SHAPES = {
  hollow: outline,
  full: (context) => { circle(context, RADIUS - 1); context.fill(); },
  half: (context) => {
    outline(context);
    context.beginPath();
    context.arc(0, 0, RADIUS - 2, Math.PI / 2, 1.5 * Math.PI);
    context.fill();
  },
  ring: (context) => { outline(context); circle(context, 2); context.fill(); },
  square: (context) => context.fillRect(-4, -4, 8, 8),
  cross: (context) => {
    context.beginPath();
    for (const [x, y] of [[-4, -4], [-4, 4]]) { context.moveTo(x, y); context.lineTo(-x, -y); }
    context.stroke();
  },
  bar: (context) => { outline(context); context.fillRect(-4, -1, 8, 2); },
  question: (context) => { context.setLineDash([2, 2]); outline(context); },
};
