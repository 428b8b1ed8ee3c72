// Places and arcs from agreements: which are to be drawn on a day, how they are gathered, and along which line.

const STEPS = 24; // pieces of an arc
const LIVELIEST = ["in_force", "expiring", "signed", "proposed", "reported", "undecided", "expired", "ended"];

/** Return the period of `agreement` in which `day` lies: [first, last, state, name of the status]. */
export function periodOn(agreement, day) {
  return agreement.periods.find(([first, last]) => first <= day && day <= last);
}

/** Return those of `agreements` that stand on the day and pass the filters, each with its state. */
export function passing(data, { day, kind, country, place, hidden }) {
  const within = (id) => data.places[id]?.country === country;
  return data.agreements.flatMap((agreement) => {
    const period = periodOn(agreement, day);
    if (!period?.[2] || (kind && agreement.kind !== kind)) return [];
    if (place && !agreement.pairs.flat().includes(place)) return [];
    if (country && !agreement.pairs.flat().some(within)) return [];
    return [{ ...agreement, state: period[2], status: period[3], away: hidden.includes(period[2]) }];
  });
}

/** Return points and arcs of `agreements`: places, or their countries if `byCountry`; and what could not be placed. */
export function gathered(data, agreements, byCountry) {
  const centres = byCountry ? middles(data) : null;
  const points = new Map();
  const arcs = new Map();
  const lacking = [];
  for (const agreement of agreements) {
    let drawn = false;
    for (const pair of agreement.pairs) {
      const ends = pair.map((id) => spot(data, id, centres)).sort((a, b) => (a?.key < b?.key ? -1 : 1));
      if (!ends[0]?.at || !ends[1]?.at) continue;
      drawn = true;
      for (const end of ends) keep(points, end.key, { ...end, agreements: [] }).agreements.push(agreement);
      if (ends[0].key === ends[1].key) continue;
      const key = `${ends[0].key}|${ends[1].key}`;
      keep(arcs, key, { key, start: ends[0], end: ends[1], agreements: [] }).agreements.push(agreement);
    }
    if (!drawn) lacking.push(agreement);
  }
  for (const point of points.values()) point.agreements = [...new Set(point.agreements)];
  for (const arc of arcs.values()) arc.state = liveliest(arc.agreements);
  return { points: [...points.values()], arcs: [...arcs.values()], lacking };
}

function keep(map, key, made) {
  if (!map.has(key)) map.set(key, made);
  return map.get(key);
}

function spot(data, id, centres) {
  const place = data.places[id];
  if (!place) return null;
  if (!centres) return { key: id, at: place.at, name: place.name, lang: place.lang };
  const country = data.countries[place.country];
  return { key: `country:${place.country}`, at: centres.get(place.country), name: country?.name ?? place.name, lang: document.documentElement.lang };
}

/** Return the middle of each country's places: where its point stands when countries are drawn. */
function middles(data) {
  const sums = new Map();
  for (const { at, country } of Object.values(data.places)) {
    if (!at) continue;
    const sum = keep(sums, country, [0, 0, 0]);
    const [x, y, z] = vector(at);
    sum[0] += x; sum[1] += y; sum[2] += z;
  }
  return new Map([...sums].map(([country, sum]) => [country, degrees(sum)]));
}

function liveliest(agreements) {
  const states = new Set(agreements.map((one) => one.state));
  return LIVELIEST.find((state) => states.has(state)) ?? agreements[0].state;
}

const RADIAN = Math.PI / 180;

function vector([latitude, longitude]) {
  const [phi, lambda] = [latitude * RADIAN, longitude * RADIAN];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function degrees([x, y, z]) {
  return [Math.atan2(z, Math.hypot(x, y)) / RADIAN, Math.atan2(y, x) / RADIAN];
}

/** Return the shortest way over the globe as lines of [latitude, longitude]: two where it crosses the rim of the map. */
export function greatCircle(start, end) {
  const [a, b] = [vector(start), vector(end)];
  const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6 || Math.PI - angle < 1e-6) return [[start, end]];
  const lines = [[]];
  for (let step = 0; step <= STEPS; step += 1) {
    const [near, far] = [Math.sin((1 - step / STEPS) * angle), Math.sin((step / STEPS) * angle)];
    const point = degrees(a.map((value, axis) => near * value + far * b[axis]));
    const last = lines.at(-1).at(-1);
    if (last && Math.abs(last[1] - point[1]) > 180) cross(lines, last, point);
    lines.at(-1).push(point);
  }
  return lines;
}

/** End the line at the rim of the map and begin the next one on the other side. */
function cross(lines, last, point) {
  const side = Math.sign(last[1]) * 180;
  const beyond = point[1] + 2 * side;
  const share = (side - last[1]) / (beyond - last[1]);
  const latitude = last[0] + share * (point[0] - last[0]);
  lines.at(-1).push([latitude, side]);
  lines.push([[latitude, -side]]);
}
