"""Kill ``peyvand load apply`` at random moments, resume, and compare: ``python tests/kills.py 200``.

A load is killed up to four times, each time from where it stood, then comes to its end. Of every two loads one is first
killed at any moment, the other at any from when it begins to write.

Nothing may be lost and nothing doubled: after such a load, the graph must be the one that a load without any kill
makes, by its digest, by the number of nodes and ties, and by what is derived.
"""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.digest import digest

_DERIVED = (
    "MATCH (a)-[r:TWINNED_WITH|HAD_STATUS]->(b) WITH a.id + ' ' + type(r) + ' ' + b.id + ' ' + r.id AS tie"
    " ORDER BY tie RETURN collect(tie) AS ties"
)
_COUNTS = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS ties"
_NOTHING, _ENDED = "nothing written", "ended"
_CHAIN = 4  # kills of one load
_STATE = "OPTIONAL MATCH (s:Sync) RETURN s.running AS running, coalesce(s.cursor, 0) AS cursor, s.serial AS serial"


@dataclass(frozen=True)
class Kill:
    """One kill: after how many seconds, where the run stood, and whether the load made the right graph in the end."""

    after: float
    stood: str
    right: bool


def kills(store: Store, address: engine.Address, examples: list[str], count: int, seed: int) -> Iterator[Kill]:
    """Load ``examples`` on an empty graph, each in turn, kill that, and compare at its end, until ``count`` kills."""
    chance = random.Random(seed)  # noqa: S311 - a moment, not a secret
    wanted, took = {}, {}
    for number in itertools.count():
        name, writing = examples[number % len(examples)], number // len(examples) % 2 == 0
        if name not in wanted:
            took[name, False], took[name, True] = _times(store, address, name)
            wanted[name] = _seen(store)
        _wipe(store)
        with TemporaryDirectory(ignore_cleanup_errors=True) as home:
            found = list(_killed(store, address, name, home, writing, took, chance, min(count, _CHAIN)))
            _run(address, name, home, None)
        right = _seen(store) == wanted[name]
        yield from (Kill(after, stood, right) for after, stood in found)
        count -= len(found)
        if count <= 0:
            return


def _killed(
    store: Store,
    address: engine.Address,
    name: str,
    home: str,
    writing: bool,  # noqa: FBT001 - which of the two times
    took: dict[tuple[str, bool], float],
    chance: random.Random,
    most: int,
) -> Iterator[tuple[float, str]]:
    """Kill a load up to ``most`` times, each time from where it stood; yield when that was, and where it stands."""
    for time_ in range(most):
        after, begin = chance.uniform(0.0, 1.0) * took[name, writing], time.monotonic()
        ended = _run(address, name, home, after, store if writing else None) == 0
        yield after, (stood := _stood(store))
        if ended and time_ == 0:  # faster than the first one
            took[name, writing] = min(took[name, writing], time.monotonic() - begin)
        if ended or stood == _ENDED:
            return


def _wipe(store: Store) -> None:
    Writer(store).run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")


def _times(store: Store, address: engine.Address, name: str) -> tuple[float, float]:
    """Load without a kill, and return how long that took: the whole, and what came after the graph knew of it."""
    _wipe(store)
    begin, wrote = time.monotonic(), []
    with TemporaryDirectory(ignore_cleanup_errors=True) as home, ThreadPoolExecutor(1) as watcher:
        watcher.submit(lambda: wrote.append(_begun(store, lambda: False)))
        _run(address, name, home, None)
    end = time.monotonic()
    return end - begin, end - wrote[0]


def _begun(store: Store, over: Callable[[], bool]) -> float:
    """Wait until a load writes to the graph, or is ``over``, and return the moment."""
    while not over() and _stood(store) == _NOTHING:
        time.sleep(0.02)
    return time.monotonic()


def _run(address: engine.Address, name: str, home: str, after: float | None, store: Store | None = None) -> int:
    """Run the load; kill it after some seconds, counted from when it writes to ``store`` if that is given.

    One that is not killed must come to its end.
    """
    environment: Mapping[str, str] = os.environ | {
        "PEYVAND_HOME": home,
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
    }
    command = [sys.executable, "-m", "graph_app", "load", "apply", str(EXAMPLES / name), "--yes"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as load:
        if store:
            _begun(store, lambda: load.poll() is not None)
        try:
            _, said = load.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            load.send_signal(signal.SIGKILL)
            _, said = load.communicate()
    if after is None and load.returncode:
        raise AssertionError(said.decode())
    return load.returncode


def _seen(store: Store) -> tuple[object, ...]:
    counts = tuple(store.table(_COUNTS, seconds=60).rows[0])
    derived = store.table(_DERIVED, seconds=60).rows[0][0]
    return digest(store), counts, derived, store.table(_STATE).rows[0][0]


def _stood(store: Store) -> str:
    """Return where the killed load was: nothing begun, at so many changes, behind them, or at its end."""
    running, cursor, serial = store.table(_STATE).rows[0]
    if serial:
        return _ENDED
    return f"{cursor:,} changes" if running else _NOTHING


def main() -> int:
    """Return 1 if a graph was not right."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20_260_923
    with TemporaryDirectory(prefix="kills-", ignore_cleanup_errors=True) as home:
        settings = Settings.read({**os.environ, "PEYVAND_HOME": home, "PEYVAND_ENGINE_HEAP": "768m"})
        found = []
        with (
            engine.hold(settings, say=print) as address,
            Store(connect(address.uri, address.username, address.password), "neo4j") as store,
        ):
            for kill in kills(store, address, ["founding", "founding", "world"], count, seed):
                found.append(kill)
                print(f"{len(found)}: killed after {kill.after:.2f} s, {kill.stood}, {kill.right}", flush=True)
        engine.stop(settings, force=True)
    places = Counter("in the changes" if "changes" in kill.stood else kill.stood for kill in found)
    wrong = sum(not kill.right for kill in found)
    print(f"{len(found)} kills ({', '.join(f'{n} {place}' for place, n in places.items())}), {wrong} wrong graphs")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
