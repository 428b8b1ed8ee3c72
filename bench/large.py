"""A graph of a million entities on one small machine: loaded in bulk, then searched, explored and asked.

    python -m bench.large FOLDER [--entities 1000000]

It takes about an hour. Exports and engine stand in FOLDER and stay there, so that it can be run again without the load.
``docs/large.md`` is the result, with pictures of the pages beside it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import click
import psutil
from playwright.sync_api import Page, sync_playwright

from bench import asking, report, search, world
from bench.drawing import CHROMIUM, FLAGS
from bench.installation import ROOT, Bench, connected, facts
from bench.pair import Row
from graph_app import engine
from graph_app.exploration import paths
from graph_app.settings import Settings

_TARGET = ROOT / "docs" / "large.md"
MEMORY = "2g"  # of the heap, and of the page cache
_ROUNDS, SEED = 2, 1
_MEBIBYTE = 2**20
_LONGEST = 120_000  # milliseconds that a page may take
_EVERY = 2.0  # seconds between two looks at the memory
_AMOUNTS = (
    "CALL () { MATCH (e:Entity) RETURN count(e) AS entities } CALL () { MATCH ()-[r]->() RETURN count(r) AS ties }"
    " RETURN entities, ties"
)
_NAMED = "MATCH (c:Entity {id: $id}) RETURN c.name_en AS en, c.name_fa AS fa"
_PARTS = {"spawn": "reading, checking, folding, writing the files of the tool", "java": "Neo4j and its import tool"}
_COMMAND = "the command itself, and the ledger"
_HEAD = """# A million entities on two cores

Written by `python -m bench.large`; do not edit. A made-up world in the shape of the real lists (`bench/world.py`) is
loaded by `peyvand load bulk` and then used. Of what is asked each row is a pair as in [performance](performance.md). A
page is opened in Chromium on the same machine, twice: the time is from the click until nothing is fetched any more; of
a search, from the last letter until the first hit stands there.

"""


@dataclass
class Watch:
    """The processes of one home: the most memory that all of them held together, and their processor seconds."""

    home: str
    mebibytes: float = 0.0
    _took: dict[int, tuple[str, float]] = field(default_factory=dict)

    def look(self) -> None:
        """Count what is there now."""
        held = 0.0
        for process in psutil.process_iter():
            try:
                command = " ".join(process.cmdline())
                if self.home not in command and process.environ().get("PEYVAND_HOME") != self.home:
                    continue
                held += process.memory_full_info().pss / _MEBIBYTE  # what is shared counts once
                times = process.cpu_times()
                part = next((told for word, told in _PARTS.items() if word in command), _COMMAND)
                self._took[process.pid] = part, times.user + times.system
            except psutil.Error:  # it ended meanwhile
                continue
        self.mebibytes = max(self.mebibytes, held)

    @property
    def processor(self) -> dict[str, float]:
        """Processor seconds by part."""
        found: dict[str, float] = {}
        for part, took in self._took.values():
            found[part] = found.get(part, 0.0) + took
        return found


@dataclass(frozen=True)
class Loaded:
    """What a load took: on the clock, on the processor by part, and the most memory of all processes together."""

    rows: int
    seconds: float
    processor: Mapping[str, float]
    mebibytes: float


@dataclass(frozen=True)
class Opened:
    """A page: its name, the file of its picture, and the seconds that it took the first and the second time."""

    name: str
    picture: str
    first: float
    second: float


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--entities", default=1_000_000, show_default=True, help="How many entities the world has.")
@click.option("--output", type=click.Path(path_type=Path), default=_TARGET, help="Where the page goes.")
def main(folder: Path, entities: int, output: Path) -> None:
    """Load a world of that many ENTITIES into FOLDER unless it is there, use it, and write the page."""
    settings = settings_in(folder)
    loaded_ = loaded(settings, folder, entities)
    pictures = output.with_suffix("")
    pictures.mkdir(exist_ok=True)
    watch = Watch(settings.text("PEYVAND_HOME") or "")
    with engine.hold(settings) as address, connected(address) as store:
        bench = Bench(store, settings, folder, loaded_.rows, _ROUNDS, SEED)
        cities = asking.sample(bench)
        measured = [report.say(row) for row in _rows(bench, cities)]
        opened = list(_pages(bench, cities, pictures))
        watch.look()
        output.write_text(_page(bench, loaded_, measured, opened, watch.mebibytes), encoding="utf-8")
    engine.stop(settings, force=True)
    click.echo(output)


def settings_in(folder: Path) -> Settings:
    """Return the settings of the installation in ``folder``."""
    memory = dict.fromkeys(("PEYVAND_ENGINE_HEAP", "PEYVAND_ENGINE_PAGECACHE"), MEMORY)
    return Settings.read({"PEYVAND_HOME": str(folder / "home"), **memory})


def loaded(settings: Settings, folder: Path, entities: int) -> Loaded:
    """Load, unless ``folder`` says that it was loaded, and return what that took."""
    told = folder / "loaded.json"
    if told.exists():
        return Loaded(**json.loads(told.read_text(encoding="utf-8")))
    exports = folder / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    files = world.write_entities(exports, entities, SEED)
    rows = sum(file.read_bytes().count(b"\n") - 1 for file in files)
    found = _load(settings, exports, rows)
    told.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found


def _load(settings: Settings, exports: Path, rows: int) -> Loaded:
    watch, begin = Watch(settings.text("PEYVAND_HOME") or ""), time.monotonic()
    command = [sys.executable, "-m", "graph_app", "load", "bulk", str(exports), "--mapping", "world", "--yes"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings.values}) as work:
        while work.poll() is None:
            watch.look()
            time.sleep(_EVERY)
    if work.returncode:
        raise SystemExit(work.returncode)
    return Loaded(rows, time.monotonic() - begin, watch.processor, watch.mebibytes)


def _rows(bench: Bench, cities: list[str]) -> Iterator[Row]:
    yield from search.about(bench, cities)
    following = dict(zip(cities, cities[1:] + cities[:1], strict=True))
    yield asking.same(
        bench,
        "shortest path to another city",
        cities,
        lambda store, city: paths.find(store, city, following[city], kind="shortest", steps=paths.LONGEST),
    )
    yield from asking.about(bench, cities, 1)


def _pages(bench: Bench, cities: list[str], pictures: Path) -> Iterator[Opened]:
    city = {"city": cities[0]}
    wanted = {
        "home": ("Home", "/"),
        "city": ("A city with the most sister cities", f"/entities/{cities[0]}"),
        "explore": ("Explorer around it", f"/explore?{urlencode({'around': cities[0]})}"),
        "question": ("Its sister cities, a saved question", f"/queries/cities/sister_cities?{urlencode(city)}"),
        "most": ("Cities with the most sister cities", "/queries/cities/most_sister_cities"),
        "paths": ("Paths to another city", f"/paths?{urlencode({'from': cities[0], 'to': cities[-1]})}"),
        "panorama": ("Panorama", "/panorama"),
    }
    with asking.site(bench) as (port, _), _chromium() as page:
        for file, (name, address) in wanted.items():
            times = [_opened(page, f"http://127.0.0.1:{port}{address}") for _ in range(2)]
            page.screenshot(path=pictures / f"{file}.png")
            yield Opened(name, f"{pictures.name}/{file}.png", *times)
        (named,) = bench.store.table(_NAMED, {"id": cities[0]})
        for file, title, language, typed in (
            ("search", "Search for its name, as it is typed", "en", named["en"]),
            ("search-fa", "The same in Persian", "fa", named["fa"]),
        ):
            page.goto(f"http://127.0.0.1:{port}/?lang={language}", timeout=_LONGEST, wait_until="networkidle")
            times = [_found(page, typed[:-1]), _found(page, typed)]
            page.screenshot(path=pictures / f"{file}.png")
            yield Opened(title, f"{pictures.name}/{file}.png", *times)


@contextmanager
def _chromium() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": 1280, "height": 800}, locale="en")
        browser.close()


def _opened(page: Page, address: str) -> float:
    begin = time.monotonic()
    answer = page.goto(address, timeout=_LONGEST, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise AssertionError(f"{address}: {answer and answer.status}")
    return time.monotonic() - begin - 0.5  # for which nothing is fetched, until it is called quiet


def _found(page: Page, text: str) -> float:
    """Type ``text`` into the search, and return when what was found for it stands there."""
    begin = time.monotonic()
    with page.expect_response(lambda one: "/api/v1/search" in one.url, timeout=_LONGEST):
        page.locator("form.search input").fill(text)
    page.get_by_role("option").first.wait_for(timeout=_LONGEST)
    return time.monotonic() - begin


def _page(bench: Bench, loaded: Loaded, measured: list[Row], opened: list[Opened], mebibytes: float) -> str:
    (amount,) = bench.store.table(_AMOUNTS, seconds=300)
    told = facts(bench.store) | {"neo4j": f"{bench.store.version} Community, heap {MEMORY}, page cache {MEMORY}"}
    heads = [
        f"{loaded.rows:,} rows became {amount['entities']:,} entities and {amount['ties']:,} ties, with evidence.",
        f"The load took {loaded.seconds / 60:.0f} minutes, and of the processor "
        + ", ".join(f"{took:,.0f} s for {part}" for part, took in loaded.processor.items())
        + f". All its processes together, Neo4j among them, held {loaded.mebibytes / 1024:.1f} GiB at most.",
        f"At the end of what follows, the app, this bench and Neo4j together held {mebibytes / 1024:.1f} GiB.",
    ]
    lines = "".join(f"| [{one.name}]({one.picture}) | {one.first:.1f} s | {one.second:.1f} s |\n" for one in opened)
    table = report.markdown(told, measured).partition("\n\n- ")[2]
    pages = f"| page | first time | again |\n|---|---|---|\n{lines}"
    shown = "\n".join(f"![{one.name}]({one.picture})" for one in opened if "explore" in one.picture)
    return f"{_HEAD}{' '.join(heads)}\n\n- {table}\n{pages}\n{shown}\n"


if __name__ == "__main__":
    main()
