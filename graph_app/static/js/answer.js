// The answer to a question: what a long table, a picture and a map need a script for. Their libraries come when they are needed.
import { el } from "./dom.js";
import { tables } from "./rows.js";

const VENDOR = "/static/vendor/";

/** Wait for the style of a library, which stands in the head already where the page came with it. */
function styled(path) {
  if (document.querySelector(`link[href*="${path}"]`)) return Promise.resolve();
  return new Promise((resolve) => document.head.append(el("link", { rel: "stylesheet", href: VENDOR + path, onload: resolve, onerror: resolve })));
}

async function picture(canvas, shown) {
  await styled("vis-network-10.1.5/vis-network.min.css");
  if (!window.vis?.Network) {
    await import("../vendor/vis-data-8.0.6/vis-data.min.js");
    await import("../vendor/vis-network-10.1.5/vis-network.min.js");
  }
  (await import("./answer-picture.js")).draw(canvas, shown);
}

async function map(place, shown) {
  await styled("leaflet-1.9.4/leaflet.css");
  if (!window.L) {
    await import("./trusted.js");
    await import("../vendor/leaflet-1.9.4/leaflet.js");
    await import("../vendor/topojson-client-3.1.0/topojson-client.min.js");
  }
  (await import("./answer-map.js")).draw(place, shown);
}

/** Bring the answer in `root` to life. */
export async function show(root) {
  tables(root);
  const [canvas, place] = ["#canvas", "#answer-map"].map((name) => root.querySelector(name));
  const shown = root.querySelector("template.shown");
  if (canvas && shown) await picture(canvas, JSON.parse(shown.content.textContent));
  if (place && shown) await map(place, JSON.parse(shown.content.textContent));
}

show(document);
