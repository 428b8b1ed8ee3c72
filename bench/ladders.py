"""The steps of what is profiled: each does what the one before it does, and something more."""

import http.client
import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from bench import asking, bare, commands, search, starting, world
from bench.installation import Bench, installation
from bench.pair import percentile, seconds
from bench.readers import SERVE, running
from graph_app.exploration import paths, profile
from graph_app.exploration import search as searching
from graph_app.exploration.typed import read
from graph_app.graph.statements import statement
from graph_app.graph.store import Store

ROUNDS = 3
_ROWS = 10_000
_FIRST = "RETURN collect(node) AS fitting\n}\n"
_LAST = "RETURN node, COUNT"
_SORTED = " UNWIND fitting AS node WITH node ORDER BY COUNT { (node)--() } DESC LIMIT 12 RETURN count(node)"


@dataclass(frozen=True)
class Ladder:
    """Steps of one work, by name, each of which does it a little further for one of ``things``."""

    title: str
    about: str
    things: Sequence[str]
    steps: Mapping[str, Callable[[str], object]]

    def measured(self) -> Iterator[str]:
        """Yield the lines of the table."""
        times: dict[str, list[float]] = {name: [] for name in self.steps}
        for number in range(ROUNDS + 1):  # the first does not count
            for thing in self.things:
                for name, step in self.steps.items():
                    took = seconds(partial(step, thing))
                    times[name] += [took] if number else []
        medians = [statistics.median(found) for found in times.values()]
        before = 0.0
        yield "| step | median | 95 of 100 within | adds | share |"
        yield "|---|---|---|---|---|"
        for (name, found), median in zip(times.items(), medians, strict=True):
            added, before = median - before, median
            late = percentile(found, 95)
            yield f"| {name} | {_ms(median)} | {_ms(late)} | {_ms(added)} | {100 * added / medians[-1]:.0f} % |"


def _ms(took: float) -> str:
    return f"{took * 1000:.3g} ms"


Made = Callable[[Bench, Sequence[str]], AbstractContextManager[Ladder]]


@contextmanager
def _search(bench: Bench, cities: Sequence[str]) -> Iterator[Ladder]:
    """Give the steps of the search as somebody types."""
    store, text = bench.store, statement("search")
    first = text.partition(_FIRST)[0] + _FIRST
    asked: dict[str, dict[str, object]] = {}

    def recorded(typed: str) -> dict[str, object]:
        if typed not in asked:
            recorder = bare.Recorder(store)
            searching.search(recorder, typed)
            asked[typed] = dict(recorder.asked[0][1])
        return asked[typed]

    def run(query: str, typed: str) -> object:
        return store.table(query, recorded(typed))

    yield Ladder(
        "Search as you type",
        "The names of some cities, letter by letter, beside the full-text call alone.",
        [one for one in search.texts(store, cities)[search.TYPED] if read(one).folded],
        {
            "the bare full-text call: ten names": partial(search.bare, store),
            f"{searching.LOOKED_AT:,} names instead of ten": partial(run, f"{first} RETURN size(fitting)"),
            "the best connected of them": partial(run, f"{first}{_SORTED}"),
            "and names with the same letters, or with these letters anywhere": partial(
                run, text.partition(_LAST)[0] + "RETURN count(node)"
            ),
            "how many ties each has, and the place in which it lies": partial(run, text),
            "the order of the answer, and what resembles if little fits": partial(searching.search, store),
        },
    )


@contextmanager
def _question(bench: Bench, cities: Sequence[str]) -> Iterator[Ladder]:
    """Give the steps of the sister cities of a city as JSON."""
    path = {city: f"/queries/cities/sister_cities.json?{urlencode({'city': city})}" for city in cities}
    asked = {city: asking.recorded(bench, path[city]) for city in cities}
    with (
        asking.site(bench) as (port, client),
        closing(http.client.HTTPConnection("127.0.0.1", port)) as connection,
    ):
        get = asking.fetcher(connection)
        yield Ladder(
            "A question as JSON",
            "The sister cities of a city. Ours asks what does not depend on anything at the same time.",
            cities,
            {
                **_statements(bench.store, asked),
                "at the same time, with who asks, and as JSON": lambda city: json.loads(client(path[city])),
                "over HTTP": lambda city: json.loads(get(path[city])),
            },
        )


@contextmanager
def _profile(bench: Bench, cities: Sequence[str]) -> Iterator[Ladder]:
    """Give the steps of the data of a profile."""
    yield _asked(bench, "The profile of an entity, its data", cities, profile.entity)


@contextmanager
def _path(bench: Bench, cities: Sequence[str]) -> Iterator[Ladder]:
    """Give the steps of the shortest path between two cities."""
    following = dict(zip(cities, [*cities[1:], cities[0]], strict=True))

    def find(store: Store, city: str) -> object:
        return paths.find(store, city, following[city], kind="shortest", steps=paths.LONGEST)

    yield _asked(bench, "The shortest path to another city", cities, find)


@contextmanager
def _command(bench: Bench, _cities: Sequence[str]) -> Iterator[Ladder]:
    """Give the steps from a command to the first page, on a graph as small as that of the table."""
    with installation(_ROWS, ROUNDS, 0) as small:
        (folder := small.folder / "world").mkdir()
        world.write(folder, _ROWS, bench.seed)
        commands.python(small, "-m", "graph_app", "load", "apply", str(folder), "--yes")

        def listening(_: str) -> None:
            with running(small, SERVE):
                pass

        yield Ladder(
            "From the command to the first page",
            f"`peyvand serve` and its home page, each time in a process of its own, on a graph of {_ROWS:,} rows."
            " The page has the server count how all agreements stand today, and begins to look for duplicates; a server"
            " that runs keeps both.",
            [""],
            {
                "Python alone": lambda _: commands.python(small, "-c", ""),
                "the libraries: Flask and the driver": lambda _: commands.python(small, "-c", starting.LEAST),
                "the app": lambda _: commands.python(small, "-c", starting.APP),
                "until it listens": listening,
                "the first page": lambda _: starting.Served(small, SERVE).page(),
            },
        )


LADDERS: Mapping[str, Made] = {
    "search": _search,
    "question": _question,
    "profile": _profile,
    "path": _path,
    "command": _command,
}


def _asked(bench: Bench, title: str, cities: Sequence[str], ask: Callable[[Store, str], object]) -> Ladder:
    asked = {}
    for city in cities:
        recorder = bare.Recorder(bench.store)
        ask(recorder, city)
        asked[city] = recorder.asked
    about = "Ours asks what does not depend on anything at the same time."
    last: Callable[[str], object] = partial(ask, bench.store)
    steps = {**_statements(bench.store, asked), "at the same time, and what follows": last}
    return Ladder(title, about, cities, steps)


def _statements(store: Store, asked: Mapping[str, Sequence[bare.Asked]]) -> dict[str, Callable[[str], object]]:
    def ours(city: str) -> None:
        for query, parameters in asked[city]:
            store.table(query, parameters, rows=10_000)

    return {
        "its statements on the bare driver, one after the other": lambda city: bare.ask(store, asked[city]),
        "with limits of time and size, and plain values": ours,
    }
