// Where entities go that are to stand in a row, in a column, or with even gaps.

const LEAST = { x: 140, y: 104 }; // pixels that a disc with its name takes, across and down

/** Return new places of `ids`: all on one line, in the order in which they stand, none over another. */
export function inLine(ids, places, axis) {
  const along = axis === "x" ? "x" : "y";
  const other = axis === "x" ? "y" : "x";
  const order = ids.toSorted((a, b) => places[a][along] - places[b][along] || (a < b ? -1 : 1));
  const middle = mean(ids.map((id) => places[id][other]));
  const spread = spaced(order.map((id) => places[id][along]), LEAST[along]);
  return Object.fromEntries(order.map((id, at) => [id, { [along]: spread[at], [other]: middle }]));
}

/** Return new places of `ids` with the same gap between each and the next along `axis`; the outer two stay if there is room. */
export function evenly(ids, places, axis) {
  const order = ids.toSorted((a, b) => places[a][axis] - places[b][axis] || (a < b ? -1 : 1));
  const [first, last] = [places[order[0]][axis], places[order.at(-1)][axis]];
  const gap = Math.max((last - first) / (order.length - 1), LEAST[axis]);
  const start = (first + last) / 2 - (gap * (order.length - 1)) / 2;
  return Object.fromEntries(order.map((id, at) => [id, { ...places[id], [axis]: start + gap * at }]));
}

/** Return rising numbers with at least `least` between them, around the same middle. */
function spaced(numbers, least) {
  const moved = [];
  for (const number of numbers) moved.push(moved.length ? Math.max(number, moved.at(-1) + least) : number);
  const shift = mean(moved) - mean(numbers);
  return moved.map((number) => number - shift);
}

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
