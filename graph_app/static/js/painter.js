// Paints a panorama aside from the page, which stays in hand meanwhile: discs and lines, no names.

const STEP = 500; // lines between two looks at whether something else is wanted
const FIRST = 4000; // lines of the first sheet of many
let data = null;
let wanted = null;
let busy = false;

onmessage = ({ data: told }) => {
  if (told.x) data = told;
  else wanted = told;
  if (wanted && !busy) work();
};

async function work() {
  busy = true;
  while (wanted) {
    const order = wanted;
    wanted = null;
    if (data.pairs.length / 2 > 2 * FIRST && order.quick) await sheet(order, FIRST);
    await sheet(order, Infinity);
  }
  busy = false;
}

/** Let newer orders arrive; return whether one did. */
const overtaken = () => new Promise((done) => { setTimeout(() => done(Boolean(wanted))); });

/** Paint one sheet and send it, unless another one is wanted by then. */
async function sheet(order, most) {
  const canvas = new OffscreenCanvas(order.width, order.height);
  const context = canvas.getContext("2d");
  const { x, y, scale } = order.view;
  context.setTransform(order.ratio, 0, 0, order.ratio, order.width / 2, order.height / 2);
  const across = (index) => (data.x[index] - x) * scale;
  const down = (index) => (data.y[index] - y) * scale;
  const reach = { x: order.width / order.ratio / 2, y: order.height / order.ratio / 2 };
  if (!await lines(context, order, { across, down, reach, most })) return;
  discs(context, order, { across, down, reach });
  const image = canvas.transferToImageBitmap();
  postMessage({ image, view: order.view, width: order.width / order.ratio, height: order.height / order.ratio, whole: most === Infinity }, [image]);
}

async function lines(context, order, { across, down, reach, most }) {
  const { pairs, types } = data;
  const away = new Set(order.hidden);
  context.strokeStyle = order.ink;
  context.lineWidth = 0.8;
  context.globalAlpha = Math.max(0.05, Math.min(0.4, 30 / Math.sqrt(pairs.length)));
  for (let begin = 0; begin < Math.min(pairs.length, 2 * most); begin += 2 * STEP) {
    context.beginPath();
    for (let at = begin; at < Math.min(pairs.length, begin + 2 * STEP); at += 2) {
      const [a, b] = [pairs[at], pairs[at + 1]];
      if (away.has(types[a]) || away.has(types[b])) continue;
      const [ax, ay, bx, by] = [across(a), down(a), across(b), down(b)];
      if (Math.min(ax, bx) > reach.x || Math.max(ax, bx) < -reach.x || Math.min(ay, by) > reach.y || Math.max(ay, by) < -reach.y) continue;
      context.moveTo(ax, ay);
      context.lineTo(bx, by);
    }
    context.stroke();
    if (await overtaken()) return false;
  }
  context.globalAlpha = 1;
  return true;
}

/** All discs of one type are one shape, the busiest last, so that they lie on top. */
function discs(context, order, { across, down, reach }) {
  const away = new Set(order.hidden);
  order.colours.forEach((colour, type) => {
    if (away.has(type)) return;
    context.beginPath();
    for (let index = data.x.length - 1; index >= 0; index -= 1) {
      if (data.types[index] !== type) continue;
      const [ax, ay, r] = [across(index), down(index), data.sizes[index] * order.swell];
      if (Math.abs(ax) > reach.x + r || Math.abs(ay) > reach.y + r) continue;
      context.moveTo(ax + r, ay);
      context.arc(ax, ay, r, 0, 2 * Math.PI);
    }
    context.fillStyle = colour;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = order.ground;
    if (order.swell > 0.5) context.stroke();
  });
}
