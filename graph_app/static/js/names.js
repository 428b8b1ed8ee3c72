// Names for a picture that is seen from afar: those of vis-network would be too small, these are as large as on the page.
const SIZE = 13; // pixels of a name at scale one
const LEAST = 8; // pixels on the screen, below which the names of vis-network are too small
const SHOWN = 11; // pixels on the screen of those that stand in for them
const LETTERS = [28, 16]; // of a name, where there is room for so many
const FIRST = 3; // entities that are named even over the discs of others
const INNER = 0.7; // of a disc, over which no name is to lie
const GAP = 3; // pixels between two names

const box = (x, y, half, high) => [x - half, y, x + half, y + high];
const crosses = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

/** Whether names are to be drawn here, and not by vis-network. */
export const afar = (scale) => SIZE * scale < LEAST;

/** Draw the names of `nodes` for which there is room, those with the most strokes first; what is dimmed has none. Return where they stand, by id. */
export function drawNames(context, nodes, places, strokes, { text, ground, scale }) {
  const named = new Map();
  if (!afar(scale)) return named;
  context.save();
  context.font = `${SHOWN / scale}px Vazirmatn`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineWidth = 3 / scale;
  context.lineJoin = "round";
  context.strokeStyle = ground;
  context.fillStyle = text;
  const discs = nodes.flatMap(({ id, size = 20, quotation }) => (places[id] && !quotation ? [[id, ...box(places[id].x, places[id].y - INNER * size, INNER * size, 2 * INNER * size)]] : []));
  const taken = [];
  const over = (id, found) => discs.some(([other, ...one]) => other !== id && crosses(one, found));
  const lit = nodes.filter((node) => node.name && places[node.id] && node.opacity === 1).toSorted((a, b) => (strokes.get(b.id) ?? 0) - (strokes.get(a.id) ?? 0));
  lit.forEach(({ id, name, lang, size = 20, quotation }, index) => {
    const { x, y } = places[id];
    const sides = quotation ? [y - SHOWN / 2 / scale] : [y + size + 2, y - size - (SHOWN + GAP) / scale]; // what was said stands in its slip
    for (const [told, top] of tries(name, sides)) {
      const found = box(x, top, context.measureText(told).width / 2 + GAP / scale, (SHOWN + GAP) / scale);
      if (taken.some((one) => crosses(one, found)) || (index >= FIRST && over(id, found))) continue;
      taken.push(found);
      named.set(id, found);
      context.direction = lang === "fa" ? "rtl" : "ltr";
      context.strokeText(told, x, top);
      context.fillText(told, x, top);
      return;
    }
  });
  context.restore();
  return named;
}

/** What may be written, and where: the longest first, below the disc before above it. */
function tries(name, sides) {
  return LETTERS.flatMap((letters) => sides.map((top) => [name.length > letters ? `${name.slice(0, letters - 1)}…` : name, top]));
}
