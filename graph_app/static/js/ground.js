// What lies under the discs of an arranged picture, and the pins on them.
import { digits } from "./dom.js";

const STACK = 24; // half the side of a stack's square

/** Draw borders, outlines with their names, lines to where a disc belongs, and the lower leaves of stacks. */
export function drawGround(context, picture, places, { text, scale }) {
  const { borders, outlines = [], spots = [] } = picture.ground ?? {};
  context.save();
  context.lineWidth = 1 / scale;
  if (borders) stroke(context, new Path2D(borders), text, 0.3);
  for (const outline of outlines) drawOutline(context, outline, text, scale);
  for (const [x, y, toX, toY] of spots) drawSpot(context, x, y, toX, toY, text);
  for (const node of picture.nodes ?? []) if (node.members && places[node.id]) drawLeaves(context, node, places[node.id]);
  context.restore();
}

function stroke(context, path, ink, alpha) {
  context.globalAlpha = alpha;
  context.strokeStyle = ink;
  context.stroke(path);
  context.globalAlpha = 1;
}

function drawOutline(context, { name, count, points, key }, ink, scale) {
  const path = new Path2D(`M${points.map(([x, y]) => `${x} ${y}`).join("L")}Z`);
  context.setLineDash(key ? [6 / scale, 4 / scale] : []);
  stroke(context, path, ink, key ? 0.5 : 0.28);
  context.setLineDash([]);
  context.globalAlpha = 0.035;
  context.fillStyle = ink;
  context.fill(path);
  context.globalAlpha = 0.8;
  const rtl = document.dir === "rtl";
  const top = Math.min(...points.map(([, y]) => y));
  const sides = points.filter(([, y]) => y === top).map(([x]) => x);
  context.font = `600 ${13 / Math.min(1, scale)}px Vazirmatn`;
  const room = Math.max(...points.map(([x]) => x)) - Math.min(...points.map(([x]) => x));
  const text = fitted(context, name, ` (${digits(count)})`, (key ? 2.4 : 1.15) * room);
  context.direction = document.dir || "ltr";
  context.textAlign = "start";
  context.textBaseline = "bottom";
  context.fillText(text, rtl ? Math.max(...sides) : Math.min(...sides), top - 3);
  context.globalAlpha = 1;
}

/** Return a name that is cut where it would be wider than `room`, with its count. */
function fitted(context, name, count, room) {
  let kept = [...name];
  while (kept.length > 4 && context.measureText(`${kept.join("")}…${count}`).width > room) kept = kept.slice(0, -2);
  return kept.length < [...name].length ? `${kept.join("")}…${count}` : `${name}${count}`;
}

function drawSpot(context, x, y, toX, toY, ink) {
  if (Math.hypot(x - toX, y - toY) < 4) return;
  stroke(context, new Path2D(`M${x} ${y}L${toX} ${toY}`), ink, 0.35);
  context.fillStyle = ink;
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fill();
}

/** A stack has two leaves under it, each a little aside. */
function drawLeaves(context, { color }, { x, y }) {
  const colour = typeof color === "string" ? color : color.background;
  for (const [shift, alpha] of [[10, 0.35], [5, 0.6]]) {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(x - STACK + shift, y - STACK - shift, 2 * STACK, 2 * STACK, 4);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Draw how many each stack holds, large enough to be read from afar. */
export function drawCounts(context, nodes, places, { text, ground, scale }) {
  context.save();
  const size = Math.min(24, 11 / Math.min(1, scale));
  context.font = `700 ${size}px Vazirmatn`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = "ltr";
  for (const { id, members } of nodes) {
    if (!members || !places[id]) continue;
    const [x, y, told] = [places[id].x + STACK + 4, places[id].y - STACK - 4, digits(members.length)];
    const width = Math.max(size * 1.3, context.measureText(told).width + size * 0.7);
    context.beginPath();
    context.roundRect(x - width / 2, y - size * 0.65, width, size * 1.3, size * 0.65);
    context.fillStyle = text;
    context.fill();
    context.fillStyle = ground;
    context.fillText(told, x, y + size * 0.05);
  }
  context.restore();
}

/** Draw a pin on each disc that was pinned. */
export function drawPins(context, nodes, places, { text, ground }) {
  context.save();
  for (const { id, pinned, size = 20 } of nodes) {
    if (!pinned || !places[id]) continue;
    context.translate(places[id].x - size * 0.75, places[id].y + size * 0.75);
    context.lineWidth = 3;
    context.strokeStyle = ground;
    context.fillStyle = text;
    const pin = new Path2D("M0 7L-1-1L-4-1L-3-4L-3-8L3-8L3-4L4-1L1-1Z");
    context.stroke(pin);
    context.fill(pin);
    context.translate(-(places[id].x - size * 0.75), -(places[id].y + size * 0.75));
  }
  context.restore();
}
