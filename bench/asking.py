"""Asking: expand, the data of a profile, saved questions as JSON, each beside the same Cypher on the bare driver."""

import http.client
import json
import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from urllib.parse import urlencode

import waitress

from bench import bare
from bench.installation import Bench
from bench.pair import Goal, Row, paired, seconds
from graph_app.app import create_app
from graph_app.cli.listening import Listener
from graph_app.exploration import neighbourhood, profile
from graph_app.graph.store import Store

_GOALS = (Goal("ratio", 1.25), Goal("p95", 1.5))
_ANEW = {"Cache-Control": "no-cache"}  # answers are kept: without it only the first of them would be asked
_ASK = Callable[[Store, str], object]
_HUBS, _OTHERS = 5, 15
_MOST = "MATCH (c:City)-[t:TWINNED_WITH]-() RETURN c.id AS id, count(t) AS count ORDER BY count DESC, id"


def rows(bench: Bench) -> Iterator[Row]:
    """Measure on the graph that loading left."""
    cities = _sample(bench)
    yield _same(bench, "expand", cities, _expand)
    yield _same(bench, "profile of an entity, its data", cities, profile.entity)
    with site(bench) as (port, client):
        for name, addresses in (
            ("cities/sister_cities", [f"?{urlencode({'city': city})}" for city in cities]),
            ("cities/most_sister_cities", [""] * len(cities)),
        ):
            paths = [f"/queries/{name}.json{query}" for query in addresses]
            yield _question(bench, f"question {name} as JSON, in process", paths, client)
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
                yield _question(bench, f"question {name} as JSON, over HTTP", paths, _fetcher(connection, _ANEW))
                yield _question(bench, f"question {name} as JSON, kept, over HTTP", paths, _fetcher(connection, {}))


def _sample(bench: Bench) -> list[str]:
    """Return some hubs and some other cities."""
    found = [row["id"] for row in bench.store.table(_MOST, rows=10**6)]
    return found[:_HUBS] + random.Random(bench.seed).sample(found[_HUBS:], min(_OTHERS, len(found) - _HUBS))  # noqa: S311


def _expand(store: Store, city: str) -> object:
    return neighbourhood.expand(store, city, "TWINNED_WITH", "both", limit=25)


def _same(bench: Bench, name: str, cities: Sequence[str], ask: _ASK) -> Row:
    """Measure ``ask`` for each city, beside the statements that it runs."""
    pairs = [paired(*_sides(bench, city, ask), bench.rounds) for city in cities]
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
        asked = _recorded(bench, path)
        ours, peer = paired(partial(seconds, partial(_loaded, get, path)), _dumping(bench, asked), bench.rounds)
        both[0].extend(ours)
        both[1].extend(peer)
    peer_is = "bare driver and json.dumps, same Cypher"
    return Row(name, "page as .json", peer_is, _size(bench, paths), tuple(both[0]), tuple(both[1]), _GOALS)


def _loaded(get: Callable[[str], bytes], path: str) -> object:
    return json.loads(get(path))


def _dumping(bench: Bench, asked: Sequence[bare.Asked]) -> Callable[[], float]:
    """Return what measures the peer: it asks, writes JSON and reads it, as a program on the other end would."""

    def work() -> object:
        rows = [record.data() for answer in bare.ask(bench.store, asked) for record in answer]
        return json.loads(json.dumps(rows, default=str))

    return partial(seconds, work)


def _recorded(bench: Bench, path: str) -> list[bare.Asked]:
    recorder = bare.Recorder(bench.store)
    answer = create_app(recorder, bench.settings).test_client().get(path)
    if answer.status_code != http.HTTPStatus.OK:
        raise AssertionError(f"{path}: {answer.status}")
    return recorder.asked


@contextmanager
def site(bench: Bench) -> Iterator[tuple[int, Callable[[str], bytes]]]:
    """Serve the app as ``peyvand serve`` does; give its port, and what asks it without a network."""
    app = create_app(bench.store, bench.settings)
    listener = Listener(waitress.create_server(app, host="127.0.0.1", port=0, threads=8, ident=None))
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    try:
        yield listener.port, lambda path: app.test_client().get(path, headers=_ANEW).data
    finally:
        listener.stop()
        thread.join()


def _fetcher(connection: http.client.HTTPConnection, headers: Mapping[str, str]) -> Callable[[str], bytes]:
    def get(path: str) -> bytes:
        connection.request("GET", path, headers=dict(headers))
        return connection.getresponse().read()

    return get


def _size(bench: Bench, asked: Sequence[str]) -> str:
    return f"{len(asked)} questions × {bench.rounds}, on the graph of {bench.size:,} rows"
