"""Fifty readers at once on a real ``peyvand serve``, beside as many on the bare driver; one error ends the bench."""

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from threading import Barrier

from bench import asking, bare
from bench.commands import environment_of
from bench.installation import ROOT, Bench
from bench.pair import Row, seconds

READERS = 50
SERVE = ("-m", "graph_app", "serve", "--no-browser", "--port", "0")
EACH = 6  # requests of a reader, one after another on one connection
_AT = re.compile(r"http://127\.0\.0\.1:(\d+)/")
_SENDS = "bare driver, 50 threads, same Cypher"


def rows(bench: Bench) -> Iterator[Row]:
    """Measure on the graph that loading left: each request of each reader is one number on either side."""
    paths = [f"/queries/cities/sister_cities.json?city={city}" for city in asking.sample(bench)]
    asked = [asking.recorded(bench, path) for path in paths]
    with serving(bench) as port:
        _together(partial(_reader, port, paths))  # the first of all does not count
        ours = _together(partial(_reader, port, paths))
        peer = _together(partial(_driver, bench, asked))
    yield Row(f"{READERS} readers at once, a question as JSON", "peyvand serve", _SENDS, _SIZE, ours, peer)


_SIZE = f"{READERS} × {EACH} requests, no error"


@contextmanager
def serving(bench: Bench) -> Iterator[int]:
    """Run ``peyvand serve`` as a process of its own; give its port."""
    with running(bench, SERVE) as (_process, port):
        yield port


@contextmanager
def running(bench: Bench, arguments: Sequence[str]) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Run Python as a process of its own that says at which address it is; give it, and its port."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment_of(bench),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process, _port(process)
        finally:
            process.terminate()


def _port(process: "subprocess.Popen[str]") -> int:
    for line in process.stdout or ():
        if found := _AT.search(line):
            return int(found[1])
    raise AssertionError("it did not say where it is")


def _together(read: Callable[[Barrier, int], Sequence[float]]) -> tuple[float, ...]:
    """Let all readers begin at one moment; return how long each of their requests took."""
    start = Barrier(READERS)
    with ThreadPoolExecutor(READERS) as readers:
        found = [readers.submit(read, start, number) for number in range(READERS)]
        return tuple(time for one in found for time in one.result())


def _reader(port: int, paths: Sequence[str], start: Barrier, number: int) -> list[float]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        start.wait()
        return [seconds(partial(_read, connection, paths[(number + at) % len(paths)])) for at in range(EACH)]


def _read(connection: http.client.HTTPConnection, path: str) -> None:
    connection.request("GET", path, headers={"Cache-Control": "no-cache"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise AssertionError(f"{path}: {answer.status} {body[:200]!r}")
    json.loads(body)


def _driver(bench: Bench, asked: Sequence[Sequence[bare.Asked]], start: Barrier, number: int) -> list[float]:
    start.wait()
    return [seconds(asking.dumped(bench, asked[(number + at) % len(asked)])) for at in range(EACH)]
