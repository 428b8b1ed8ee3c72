"""Drawing: from the last byte of a page with its data to the first frame with ink, in Chromium without a GPU."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

from bench.asking import site
from bench.installation import Bench
from bench.pair import Goal, Row, paired
from graph_app._layout import STATIC
from graph_app.app import create_app

SIZES = (300, 499)
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LONGEST = 60_000  # milliseconds; a drawing that takes longer counts as that
WATCH = """
for (const name of ["fill", "stroke", "drawImage"]) {
  const real = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...values) {
    if (!window.inked) {
      window.inked = true;
      requestAnimationFrame(() => { window.firstFrame = performance.now(); });
    }
    return real.apply(this, values);
  };
}
"""
TAKEN = """longest => new Promise((done) => {
  const begin = performance.getEntriesByType("navigation")[0].responseEnd;
  const look = () => {
    if (window.firstFrame) done(window.firstFrame - begin);
    else if (performance.now() - begin > longest) done(longest);
    else setTimeout(look, 20);
  };
  look();
})"""
ANSWERING = """async () => {
  const begin = performance.getEntriesByType("navigation")[0].responseEnd;
  for (let quiet = 0, asked = performance.now(); quiet < 3; asked = performance.now()) {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    quiet = performance.now() - asked < 50 ? quiet + 1 : 0;
  }
  return performance.now() - begin;
}"""  # three frames in a row within 50 ms each: nothing holds the page up any more
ALONE = """<!doctype html><meta charset="utf-8"><div id="place" style="height: 750px"></div>
<script src="vis-data.js"></script><script src="vis-network.js"></script>
<script>
const data = {data};
new vis.Network(document.getElementById("place"),
  {{nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges)}}, {{physics: false}});
</script>"""
CITIES = "MATCH (c:City)-[t:TWINNED_WITH]-() RETURN c.id AS id, count(t) AS count ORDER BY count DESC, id"


def rows(bench: Bench) -> Iterator[Row]:
    """Measure the explorer's page beside pages of pyvis and of vis-network that show the same entities and ties."""
    with (
        sync_playwright() as playwright,
        site(bench) as (port, _),
        served(bench.folder / "pages") as (folder, address),
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            ids = [row["id"] for row in bench.store.table(CITIES, rows=size)][:size]
            drawing = picture(bench, ids)
            ours = f"http://127.0.0.1:{port}/explore?ids={quote(','.join(ids))}"
            for peer_is, page in peers(folder, drawing):
                told = f"{len(drawing['nodes'])} entities, {len(drawing['edges'])} strokes"
                what = ("explorer, with layout, signs and evidence", peer_is, told)
                sides = (_Side(browser, ours), _Side(browser, f"{address}/{page}"))
                once = "physics on" in peer_is  # takes half a minute
                often = 1 if once else bench.rounds
                drawn = paired(sides[0].drawn, sides[1].drawn, often, warm=not once)
                yield Row("first drawing", *what, *drawn, (Goal("seconds", 0.2),))
                answers, others = (tuple(side.answers[-often:]) for side in sides)  # those that count
                yield Row("drawing until the page answers", *what, answers, others, (Goal("seconds", 1.0),))
        browser.close()


def picture(bench: Bench, ids: list[str]) -> Any:  # noqa: ANN401 - what the page holds
    """Return the picture of ``ids`` as the explorer draws it."""
    client = create_app(bench.store, bench.settings).test_client()
    return client.get("/api/v1/picture", query_string={"ids": ",".join(ids)}).json


def peers(folder: Path, picture: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Write the pages of the peers; yield what each is, and the name of its file."""
    alone = {key: [_plain(one) for one in picture[key]] for key in ("nodes", "edges")}
    (folder / "alone.html").write_text(ALONE.format(data=json.dumps(alone)), encoding="utf-8")
    yield "vis-network alone, same places", "alone.html"
    for physics in (False, True):
        name = f"pyvis-{physics}.html"
        (folder / name).write_text(pyvis_page(alone, physics=physics), encoding="utf-8")
        yield f"stock pyvis, physics {'on' if physics else 'off, same places'}", name


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "label", "x", "y", "from", "to", "shape", "color")
    return {name: one[name] for name in kept if name in one and not (name == "shape" and "mage" in str(one[name]))}


def pyvis_page(picture: dict[str, list[dict[str, Any]]], *, physics: bool) -> str:
    """Return the page that pyvis itself makes, with its scripts inside: its other ways need a network."""
    network = Network(height="750px", directed=True, cdn_resources="in_line")
    network.node_ids = _Found()
    for node in picture["nodes"]:
        places = {} if physics else {"x": node["x"], "y": node["y"]}
        network.add_node(node["id"], label=node.get("label", ""), **places)
    for edge in picture["edges"]:
        network.add_edge(edge["from"], edge["to"])
    network.toggle_physics(physics)
    return str(network.generate_html())


class _Found(list[object]):
    """A list that knows at once what is in it: pyvis looks through all of it for each node and each end of an edge."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def append(self, one: object) -> None:
        """Append ``one``."""
        self._known.add(one)
        super().append(one)

    def __contains__(self, one: object) -> bool:
        return one in self._known


@contextmanager
def served(folder: Path) -> Iterator[tuple[Path, str]]:
    """Serve ``folder``, with vis-network in it."""
    folder.mkdir()
    for name in ("vis-data", "vis-network"):
        shutil.copyfile(next((STATIC / "vendor").glob(f"{name}-*/{name}.min.js")), folder / f"{name}.js")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Side:
    """A page that is opened again and again; ``answers`` are the seconds until it answered, each time."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self.answers: list[float] = []

    def drawn(self) -> float:
        """Return the seconds from the last byte of the page to the first frame with ink. Nothing comes from outside."""
        context = self._browser.new_context(viewport={"width": 1360, "height": 820})
        try:
            context.route(
                "**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort()
            )
            page = context.new_page()
            page.set_default_timeout(2 * LONGEST)
            page.add_init_script(WATCH)
            page.goto(self._address, wait_until="domcontentloaded", timeout=2 * LONGEST)
            found = float(page.evaluate(TAKEN, LONGEST)) / 1000
            self.answers.append(max(found, float(page.evaluate(ANSWERING)) / 1000))
            return found
        finally:
            context.close()
