"""What the browser does until an explored picture is drawn, beside the same picture by vis-network alone."""

import statistics
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from bench.asking import site
from bench.drawing import CHROMIUM, CITIES, FLAGS, LONGEST, TAKEN, WATCH, peers, picture, served
from bench.installation import Bench

_SIZE, _TIMES = 300, 7
_MARKS = """() => {
  const { responseEnd, domInteractive, domContentLoadedEventEnd } = performance.getEntriesByType("navigation")[0];
  return [domInteractive - responseEnd, domContentLoadedEventEnd - responseEnd];
}"""
_METRICS = {
    "of it, running scripts": ("ScriptDuration",),
    "of it, compiling scripts": ("V8CompileDuration",),
    "of it, styles and layout": ("RecalcStyleDuration", "LayoutDuration"),
}


def drawing(bench: Bench) -> str:
    """Return, as text of the page, the parts of the first drawing of both."""
    with (
        sync_playwright() as playwright,
        site(bench) as (port, _),
        TemporaryDirectory() as name,
        served(Path(name) / "pages") as (folder, address),
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        ids = [row["id"] for row in bench.store.table(CITIES, rows=_SIZE, seconds=60)][:_SIZE]
        alone = dict(peers(folder, picture(bench, ids)))["vis-network alone, same places"]
        pages = {
            "the explorer": f"http://127.0.0.1:{port}/explore?ids={quote(','.join(ids))}",
            "vis-network alone": f"{address}/{alone}",
        }
        found = {name: _parts(browser, page) for name, page in pages.items()}
        browser.close()
    lines = [
        f"| {part} | {' | '.join(f'{1000 * one[part]:.0f} ms' for one in found.values())} |"
        for part in next(iter(found.values()))
    ]
    return "\n".join([f"| part | {' | '.join(found)} |", "|---|---|---|", *lines])


def _parts(browser: Browser, address: str) -> dict[str, float]:
    """Return the medians of what each part took; the first time does not count."""
    times = [_once(browser, address) for _ in range(_TIMES + 1)][1:]
    return {part: statistics.median(one[part] for one in times) for part in times[0]}


def _once(browser: Browser, address: str) -> Mapping[str, float]:
    context = browser.new_context(viewport={"width": 1360, "height": 820})
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        page.add_init_script(WATCH)
        page.goto(address, wait_until="domcontentloaded", timeout=2 * LONGEST)
        drawn = float(page.evaluate(TAKEN, LONGEST)) / 1000
        told = {one["name"]: float(one["value"]) for one in session.send("Performance.getMetrics")["metrics"]}
        read, loaded = (float(mark) / 1000 for mark in page.evaluate(_MARKS))
        parts = {name: sum(told[one] for one in metrics) for name, metrics in _METRICS.items()}
        return {
            "until the document is read": read,
            "until its scripts are loaded": loaded,
            "until the first frame with ink": drawn,
            **parts,
        }
    finally:
        context.close()
