"""Large pictures: when they answer, their frames while panned and zoomed, their memory; in Chromium without a GPU."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import Any, Literal

import numpy as np
import platformdirs
from playwright.sync_api import Browser, Page, sync_playwright

from bench.drawing import ALONE, ANSWERING, CHROMIUM, FLAGS, LONGEST, TAKEN, WATCH, pyvis_page, served
from bench.installation import Bench
from bench.pair import Goal, Row, percentile
from graph_app._layout import STATIC
from graph_app.spread import spread

SIZES = (300, 3000, 10_000, 50_000)
SIGMA = ("sigma@3.0.3", "graphology@0.26.0")  # the newest that comes as one script; not in the wheel
_SCRIPTS = {"graphology.js": "graphology/dist/graphology.umd.min.js", "sigma.js": "sigma/dist/sigma.min.js"}
_STEEPNESS = 1.1
_ENOUGH = 8.0  # seconds of dragging and scrolling
_LARGE = 10_000  # entities from which the sides differ by factors, and once is enough
_COLOURS = ("#0f766e", "#b45309", "#1d4ed8")
_MEASURED: tuple[tuple[str, Literal["s", "MiB"], tuple[Goal, ...]], ...] = (
    ("from the data to the first picture", "s", (Goal("seconds", 1.0),)),
    ("from the data until the page answers", "s", (Goal("seconds", 1.0),)),
    ("frame while panning and zooming, 95th percentile", "s", (Goal("seconds", 0.05),)),
    ("frame while panning and zooming, the longest", "s", (Goal("seconds", 0.25),)),
    ("memory of the scripts, without buffers", "MiB", ()),
)


def rows(bench: Bench) -> Iterator[Row]:
    """Measure our panorama, sigma.js and pages of pyvis on the same places; each in its own page, in turns."""
    sigma = libraries()
    with sync_playwright() as playwright, served(bench.folder / "frames") as (folder, address):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            peers = dict(_pages(folder, _world(size, bench.seed), sigma))
            measured: dict[str, list[tuple[float, ...]]] = {name: [] for name in peers}
            for _ in range(1 if size >= _LARGE else bench.few):
                for name, page in peers.items():
                    measured[name].append(_hand(browser, f"{address}/{page}"))
            ours = measured.pop("ours")
            for peer, found in measured.items():
                yield from _rows(size, ours, peer, found)
        browser.close()


def _rows(size: int, ours: list[tuple[float, ...]], peer: str, found: list[tuple[float, ...]]) -> Iterator[Row]:
    told = f"{size:,} entities, {size * 3 // 2:,} ties"
    for place, (name, unit, goals) in enumerate(_MEASURED):
        sides = [tuple(one[place] for one in side) for side in (ours, found)]
        yield Row(name, "panorama", peer, told, sides[0], sides[1], goals, unit)


def libraries() -> dict[str, Path]:
    """Return the scripts of sigma.js from a cache of the user's, by name; none if npm is not here to fetch them."""
    cache, npm = platformdirs.user_cache_path("peyvand-bench") / "-".join(SIGMA).replace("@", "-"), shutil.which("npm")
    scripts = {name: cache / "node_modules" / path for name, path in _SCRIPTS.items()}
    if npm and not all(map(Path.exists, scripts.values())):
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--no-save", "--prefix", cache, *SIGMA], cwd=cache, check=False)
    return scripts if all(map(Path.exists, scripts.values())) else {}


def _world(size: int, seed: int) -> dict[str, Any]:
    """Return columns as the panorama reads them: few entities have very many ties."""
    chance = random.Random(seed)  # noqa: S311 - a world, not a secret
    weights = [chance.paretovariate(_STEEPNESS) for _ in range(size)]
    pairs = np.array([chance.choices(range(size), weights, k=size * 3 // 2) for _ in range(2)]).T
    places = spread(size, pairs).round().astype(int)
    return {
        "names": [f"City {number}" for number in range(size)],
        "types": [number % len(_COLOURS) for number in range(size)],
        "ties": np.bincount(pairs.ravel(), minlength=size).tolist(),
        "x": places[:, 0].tolist(),
        "y": places[:, 1].tolist(),
        "pairs": pairs.ravel().tolist(),
        "legend": [{"colour": colour} for colour in _COLOURS],
    }


def _pages(folder: Path, world: dict[str, Any], sigma: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """Write the pages; yield what each is, and the name of its file."""
    (folder / "world.json").write_text(json.dumps(world), encoding="utf-8")
    shutil.copytree(STATIC / "js", folder / "js", dirs_exist_ok=True)
    harness = files("bench").joinpath("frames.html").read_text(encoding="utf-8")
    (folder / "ours.html").write_text(harness.replace("DRAW", _OURS), encoding="utf-8")
    yield "ours", "ours.html"
    if sigma:
        for name, script in sigma.items():
            shutil.copyfile(script, folder / name)
        (folder / "sigma.html").write_text(harness.replace("DRAW", _SIGMA), encoding="utf-8")
        yield f"{SIGMA[0]}, WebGL in software", "sigma.html"
    drawn = json.dumps(_drawn(world))
    (folder / "alone.html").write_text(ALONE.format(data=drawn), encoding="utf-8")
    yield "vis-network alone, same places", "alone.html"
    (folder / "pyvis.html").write_text(pyvis_page(_drawn(world), physics=False), encoding="utf-8")
    yield "stock pyvis, physics off, same places", "pyvis.html"


def _drawn(world: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the same world as vis-network and pyvis take it."""
    ends = zip(world["pairs"][::2], world["pairs"][1::2], strict=True)
    nodes = zip(world["names"], world["x"], world["y"], strict=True)
    return {
        "nodes": [{"id": number, "label": name, "x": x, "y": y} for number, (name, x, y) in enumerate(nodes)],
        "edges": [{"from": start, "to": end} for start, end in ends],
    }


_OURS = """
const { Expanse } = await import("./js/expanse.js");
const expanse = new Expanse(place, { select() {}, region() {}, moved() {} });
expanse.show(world);
expanse.fit();
await until(() => expanse.sheet);
"""
_SIGMA = """
for (const name of ["graphology", "sigma"]) await new Promise((done) => {
  document.head.append(Object.assign(document.createElement("script"), { src: `${name}.js`, onload: done }));
});
const graph = new graphology.Graph({ multi: true });
world.names.forEach((label, at) => graph.addNode(at, { label, x: world.x[at], y: -world.y[at],
  size: Math.min(20, 2.2 + 1.2 * Math.sqrt(world.ties[at])) / 3, color: world.legend[world.types[at]].colour }));
for (let at = 0; at < world.pairs.length; at += 2)
  graph.addEdge(world.pairs[at], world.pairs[at + 1], { color: "#ccc" });
let drawn = false;
const sigma = new Sigma(graph, place);
sigma.on("afterRender", () => { drawn = true; });
sigma.refresh();
await until(() => drawn);
window.firstFrame = performance.now(); // WebGL draws by other calls than those that are watched
"""
_FRAMES = """() => { window.frames_ = []; let last = performance.now(); window.watching = true;
  const look = (now) => {
    window.frames_.push(now - last); last = now; if (window.watching) requestAnimationFrame(look); };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(look); }); }"""


def _hand(browser: Browser, address: str) -> tuple[float, ...]:
    """Return what is measured of one page, in the order of ``_MEASURED``."""
    context = browser.new_context(viewport={"width": 1360, "height": 820})
    page = context.new_page()
    page.set_default_timeout(2 * LONGEST)
    try:
        page.add_init_script(WATCH)
        page.goto(address, wait_until="domcontentloaded", timeout=2 * LONGEST)
        shown = float(page.evaluate(TAKEN, LONGEST)) / 1000
        answering = max(shown, float(page.evaluate(ANSWERING)) / 1000)
        frames = _dragged(page)
        return shown, answering, percentile(frames, 95), max(frames), _memory(page)
    finally:
        context.close()


def _dragged(page: Page) -> list[float]:
    """Drag and scroll as a hand does, an event every 16 ms at most; return how long each frame took, in seconds."""
    page.evaluate(_FRAMES)
    page.mouse.move(680, 400)
    page.mouse.down()
    steps: list[Callable[[], None]] = [partial(page.mouse.move, 680 + 6 * step, 400 + 3 * step) for step in range(30)]
    steps += [page.mouse.up]
    steps += [partial(page.mouse.wheel, 0, -120 if step < 10 else 120) for step in range(20)]  # noqa: PLR2004
    end = monotonic() + _ENOUGH
    for step in steps:
        if monotonic() > end:  # what is frozen has been frozen long enough
            break
        step()
        page.wait_for_timeout(16)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[float] = page.evaluate("() => { window.watching = false; return window.frames_; }")
    return [frame / 1000 for frame in found]


def _memory(page: Page) -> float:
    """Return what the scripts of a page hold, in MiB, once what is dropped is cleared away."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 2**20
