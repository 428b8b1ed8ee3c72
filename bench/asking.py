"""Asking: expand, the data of a profile, saved questions as JSON, each beside the same Cypher on the bare driver.

Answers of some sizes are measured as the issue has it: beside the statement of the question alone on the bare driver,
which need not find out what the graph holds, who asks and whether what is asked about is of the right type.
"""

import http.client
import json
import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

import waitress
from flask import Flask
from werkzeug.test import create_environ

from bench import bare
from bench.installation import Bench
from bench.pair import Goal, Row, paired, seconds
from graph_app.app import create_app
from graph_app.cli.listening import Listener, spare_the_lasting
from graph_app.exploration import neighbourhood, profile
from graph_app.graph.store import Store
from graph_app.settings import Settings

_GOALS = (Goal("ratio", 1.25), Goal("p95", 1.5))
_ANEW = {"Cache-Control": "no-cache"}  # answers are kept: without it only the first of them would be asked
_ASK = Callable[[Store, str], object]
_HUBS, _OTHERS = 5, 15
_OFTEN = 3  # times the rounds: the 95th percentile of few is one pause of the server
SIZES = {10: 60, 100: 60, 1000: 36, 10_000: 21}  # rows of an answer, and how often it is asked
_SIZED = """// title: {en: Sister cities, fa: خواهرخوانده‌ها}
// about: {en: As many as are asked for., fa: به شماری که خواسته شود.}
// params:
//   most: {type: integer, least: 1, most: 10000, label: {en: How many, fa: چند}}
// view: table
// limits: {rows: 10000, seconds: 60}
// example: {most: "10"}
MATCH (city:City)-[t:TWINNED_WITH]-(partner:City)
RETURN city, partner.id AS id, partner.name_en AS name_en, partner.name_fa AS name_fa, t.agreement AS agreement
ORDER BY city.id, id, agreement LIMIT $most
"""
_MOST = "MATCH (c:City)-[t:TWINNED_WITH]-() RETURN c.id AS id, count(t) AS count ORDER BY count DESC, id"


def rows(bench: Bench) -> Iterator[Row]:
    """Measure on the graph that loading left."""
    cities = sample(bench)
    yield from about(bench, cities, len(cities))
    yield from _sized(bench)


def about(bench: Bench, cities: Sequence[str], often: int) -> Iterator[Row]:
    """Measure what people ask about ``cities``, and so ``often`` what they ask of all cities there are."""
    yield same(bench, "expand", cities, _expand)
    yield same(bench, "profile of an entity, its data", cities, profile.entity)
    with site(bench) as (port, client):
        for name, addresses in (
            ("cities/sister_cities", [f"?{urlencode({'city': city})}" for city in cities]),
            ("cities/most_sister_cities", [""] * often),
        ):
            paths = [f"/queries/{name}.json{query}" for query in addresses]
            yield _question(bench, f"question {name} as JSON, in process", paths, client)
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
                yield _question(bench, f"question {name} as JSON, over HTTP", paths, fetcher(connection))
                yield _question(bench, f"question {name} as JSON, kept, over HTTP", paths, fetcher(connection, {}))


def _sized(bench: Bench) -> Iterator[Row]:
    """Measure answers of some sizes, from the question to the bytes of its rows."""
    folder = bench.folder / "questions" / "bench"
    folder.mkdir(parents=True)
    (folder / "sized.cypher").write_text(_SIZED, encoding="utf-8")
    settings = Settings({**bench.settings.values, "PEYVAND_QUERIES": str(folder.parent)})
    store = Store(bench.store.server, bench.store.database, rows=max(SIZES), seconds=60)
    with site(replace(bench, store=store, settings=settings)) as (port, client):
        for size, often in SIZES.items():
            address = f"/api/v1/questions/bench/sized/answer?most={size}&limit={size}"
            statement = _SIZED.partition("MATCH")[1] + _SIZED.partition("MATCH")[2]
            peer = partial(bare.rows_as_json, store, (statement, {"most": size}))
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
                ways = {"in process": client, "over HTTP": fetcher(connection)}
                for way, get in ways.items():
                    rows_ = json.loads(get(address))["rows"]
                    if rows_ != json.loads(peer()):
                        raise AssertionError(f"{address}: not the same rows")
                    times = paired(partial(seconds, partial(get, address)), partial(seconds, peer), often)
                    told = f"{len(rows_):,} rows, {often} times"
                    peer_is = "bare driver and json.dumps, the same rows"
                    yield Row(f"answer as JSON, {way}", "API", peer_is, told, *times, _GOALS)


def sample(bench: Bench) -> list[str]:
    """Return some hubs and some other cities."""
    found = [row["id"] for row in bench.store.table(_MOST, rows=10**6, seconds=300)]
    return found[:_HUBS] + random.Random(bench.seed).sample(found[_HUBS:], min(_OTHERS, len(found) - _HUBS))  # noqa: S311


def _expand(store: Store, city: str) -> object:
    return neighbourhood.expand(store, city, "TWINNED_WITH", "both", limit=25)


def same(bench: Bench, name: str, cities: Sequence[str], ask: _ASK) -> Row:
    """Measure ``ask`` for each city, beside the statements that it runs."""
    pairs = [paired(*_sides(bench, city, ask), _OFTEN * bench.rounds) for city in cities]
    ours, peer = (tuple(time for pair in pairs for time in pair[side]) for side in (0, 1))
    return Row(name, "store", "bare driver, same Cypher", _size(bench, cities), ours, peer, _GOALS)


def _sides(bench: Bench, city: str, ask: _ASK) -> tuple[Callable[[], float], Callable[[], float]]:
    recorder = bare.Recorder(bench.store)
    ask(recorder, city)
    return (
        lambda: seconds(lambda: ask(bench.store, city)),
        lambda: seconds(lambda: bare.ask(bench.store, recorder.asked)),
    )


def _question(bench: Bench, name: str, paths: Sequence[str], get: Callable[[str], bytes]) -> Row:
    """Measure the JSON of a question, beside the bare driver that writes its rows as JSON."""
    both: tuple[list[float], list[float]] = ([], [])
    for path in paths:
        asked = recorded(bench, path)
        sides = partial(seconds, partial(_loaded, get, path)), _dumping(bench, asked)
        ours, peer = paired(*sides, _OFTEN * bench.rounds)
        both[0].extend(ours)
        both[1].extend(peer)
    peer_is = "bare driver and json.dumps, same Cypher"
    return Row(name, "page as .json", peer_is, _size(bench, paths), tuple(both[0]), tuple(both[1]), _GOALS)


def _loaded(get: Callable[[str], bytes], path: str) -> object:
    return json.loads(get(path))


def _dumping(bench: Bench, asked: Sequence[bare.Asked]) -> Callable[[], float]:
    """Return what measures the peer."""
    return partial(seconds, dumped(bench, asked))


def dumped(bench: Bench, asked: Sequence[bare.Asked]) -> Callable[[], object]:
    """Return what the peer does: it asks, writes JSON and reads it, as a program on the other end would."""

    def work() -> object:
        rows = [record.data() for answer in bare.ask(bench.store, asked) for record in answer]
        return json.loads(json.dumps(rows, default=str))

    return work


def recorded(bench: Bench, path: str) -> list[bare.Asked]:
    """Return the statements that the answer at ``path`` takes."""
    recorder = bare.Recorder(bench.store)
    answer = create_app(recorder, bench.settings).test_client().get(path)
    if answer.status_code != http.HTTPStatus.OK:
        raise AssertionError(f"{path}: {answer.status}")
    return recorder.asked


@contextmanager
def site(bench: Bench) -> Iterator[tuple[int, Callable[[str], bytes]]]:
    """Serve the app as ``peyvand serve`` does; give its port, and what asks it without a network.

    What asks it is no more than a WSGI server does; the test client of Flask would take a tenth of the time for itself.
    """
    app = create_app(bench.store, bench.settings)
    spare_the_lasting()  # of use to the peer as well
    listener = Listener(waitress.create_server(app, host="127.0.0.1", port=0, threads=8, ident=None))
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    try:
        yield listener.port, lambda path: _called(app, path)
    finally:
        listener.stop()
        thread.join()


def _called(app: Flask, path: str) -> bytes:
    told: list[str] = []

    def begin(status: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
        told.append(status)
        return lambda _piece: None

    body: Any = app(dict(_environment(path)), begin)
    with closing(body):
        answer = b"".join(body)
    if told != ["200 OK"]:
        raise AssertionError(f"{path}: {told}")
    return answer


@cache
def _environment(path: str) -> dict[str, Any]:
    """Return a request as a WSGI server hands it over."""
    return create_environ(path, "http://127.0.0.1:5000", headers=_ANEW, environ_base={"REMOTE_ADDR": "127.0.0.1"})


def fetcher(connection: http.client.HTTPConnection, headers: Mapping[str, str] = _ANEW) -> Callable[[str], bytes]:
    """Return what gets a path over ``connection``; by default what is kept does not count."""

    def get(path: str) -> bytes:
        connection.request("GET", path, headers=dict(headers))
        return connection.getresponse().read()

    return get


def _size(bench: Bench, asked: Sequence[str]) -> str:
    return f"{len(asked)} questions × {_OFTEN * bench.rounds}, on the graph of {bench.size:,} rows"
