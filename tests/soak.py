"""Let 50 people use a real ``peyvand serve`` for ten minutes: ``python tests/soak.py 600 50``.

They sign in, look around as officers and analysts do, think for some seconds between two pages, and sign out. Any
answer that is no page of theirs is an error. Memory, threads and descriptors of the app and memory of Neo4j are looked
at every five seconds; between the middle and the end of the time they may not grow.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock, Thread
from urllib.parse import quote, urlencode

import psutil

from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.database import open_database
from graph_app.graph.store import Store, connect
from graph_app.settings import Settings

_THINK = (2.0, 10.0)  # seconds
_VISIT = 25  # pages until somebody signs out and in again
_LOOK_EVERY = 5.0  # seconds
_GROWTH = 1.10  # of memory, between the middle and the end; descriptors and threads may not grow at all
_PASSWORD = "four quiet words apart"
_WORDS = ("mash", "مشهد", "Tehran", "تهران", "isf", "شیراز", "Paris", "baku", "تبریز", "Ministry", "health", "قم")
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Met:
    """What all users met: seconds by kind of page, and errors."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, seconds: float, error: str) -> None:
        """Count one answer."""
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)
            if error:
                self.errors[f"{kind}: {error}"] += 1


class User:
    """One person with a browser."""

    def __init__(self, port: int, number: int, cities: list[str], met: Met) -> None:
        self._chance = random.Random(number)  # noqa: S311 - no secret
        self._port, self._cities, self._met = port, cities, met
        self._email = f"user{number}@example.org"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def live(self, ended: Event) -> None:
        """Use the site until ``ended``."""
        ended.wait(self._chance.uniform(0, _THINK[1]))
        while not ended.is_set():
            self._ask("sign in", "/login", {"email": self._email, "password": _PASSWORD}, wanted=303)
            for _ in range(_VISIT):
                if ended.wait(self._chance.uniform(*_THINK)):
                    return
                self._look()
            self._ask("sign out", "/logout", {}, wanted=303)
            self._cookies.clear()

    def _look(self) -> None:
        chance, city = self._chance, quote(self._chance.choice(self._cities))
        language = chance.choice(("en", "fa"))
        pages: dict[str, Callable[[], str]] = {
            "home": lambda: f"/?lang={language}",
            "search": lambda: f"/api/v1/search?{urlencode({'q': chance.choice(_WORDS), 'offers': 'yes'})}",
            "entity": lambda: f"/entities/{city}?lang={language}",
            "expand": lambda: f"/api/v1/expand?ids={city}",
            "explore": lambda: f"/explore?ids={city}&lang={language}",
            "question": lambda: f"/queries/cities/sister_cities?city={city}&lang={language}",
            "export": lambda: f"/queries/cities/sister_cities.{chance.choice(('csv', 'xlsx', 'json'))}?city={city}",
            "agreements": lambda: f"/agreements?lang={language}",
        }
        kind = chance.choices(tuple(pages), (3, 6, 6, 4, 2, 3, 1, 2))[0]
        self._ask(kind, pages[kind]())

    def _ask(self, kind: str, path: str, form: dict[str, str] | None = None, *, wanted: int = 200) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Host": f"127.0.0.1:{self._port}", "Cookie": cookies, **(_FORM if form is not None else {})}
        begin, error = time.monotonic(), ""
        try:
            body = urlencode(form) if form is not None else None
            self._connection.request("POST" if form is not None else "GET", path, body, headers)
            answer = self._connection.getresponse()
            answer.read()
            for cookie in answer.headers.get_all("Set-Cookie", []):  # of the session, and of the language chosen
                name, _, value = cookie.partition(";")[0].partition("=")
                self._cookies[name] = value
            error = "" if answer.status == wanted else f"{answer.status} for {path}"
        except (OSError, http.client.HTTPException) as problem:
            error = repr(problem)
            self._connection.close()
        self._met.note(kind, time.monotonic() - begin, error)


@dataclass(frozen=True)
class Look:
    """What the processes hold at one moment: megabytes, threads, descriptors."""

    app: float
    neo4j: float
    threads: int
    descriptors: int


def look(app: psutil.Process, neo4j: psutil.Process) -> Look:
    """Look at both processes."""
    memory = [one.memory_info().rss / 1e6 for one in (app, neo4j)]
    return Look(*memory, app.num_threads(), app.num_fds())


@contextmanager
def served(settings: Settings, home: str) -> Iterator[tuple[int, int]]:
    """Serve as ``peyvand serve`` does, in a process of its own; give its port and its number."""
    environment = {**os.environ, **settings.values, "PEYVAND_LANGUAGE": "en"}
    command = [sys.executable, "-m", "graph_app", "serve", "--port", "0", "--no-browser"]
    log = Path(home) / "log"
    with log.open("w") as stream, subprocess.Popen(command, env=environment, stderr=stream) as process:
        try:
            while "Peyvand is at" not in (said := log.read_text(encoding="utf-8")):
                if process.poll() is not None:
                    raise AssertionError(said)
                time.sleep(0.2)
            yield int(said.partition("Peyvand is at http://127.0.0.1:")[2].partition("/")[0]), process.pid
        finally:
            process.terminate()
            process.wait(60)
    if "Traceback" in (said := log.read_text(encoding="utf-8")):
        raise AssertionError(said[-5000:])


def prepare(settings: Settings, address: engine.Address, users: int) -> list[str]:
    """Load the examples and add the accounts; return the cities that are looked at."""
    for name in ("founding", "world"):
        command = [sys.executable, "-m", "graph_app", "load", "apply", str(EXAMPLES / name), "--yes"]
        subprocess.run(command, env={**os.environ, **settings.values}, check=True, capture_output=True)
    with (
        Store(connect(address.uri, address.username, address.password), "neo4j") as store,
        closing(open_database(settings)) as database,
    ):
        app = create_app(store, settings, database=database)
        with app.app_context():
            for number in range(users):
                accounts().add(f"user{number}@example.org", "administrator" if number == 0 else "analyst", _PASSWORD)
            accounts().session.commit()
        asked = "MATCH (c:City)-[t:TWINNED_WITH]-() WITH c, count(t) AS ties ORDER BY ties DESC LIMIT 200"
        return [row[0] for row in store.table(f"{asked} RETURN c.id AS id").rows]


def use(port: int, users: int, seconds: float, cities: list[str], looks: Callable[[], None]) -> Met:
    """Let the users live for some seconds and return what they met."""
    met, ended = Met(), Event()
    people = [User(port, number, cities, met) for number in range(users)]
    threads = [Thread(target=one.live, args=(ended,), daemon=True) for one in people]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        time.sleep(min(_LOOK_EVERY, max(0.0, deadline - time.monotonic())))
        looks()
    ended.set()
    for thread in threads:
        thread.join(90)
    return met


def grown(looks: list[Look]) -> list[str]:
    """Return what grew between the middle of the time and its end."""
    half = looks[len(looks) // 2 :]
    first, last = half[: len(half) // 3 + 1], half[-len(half) // 3 :]

    def middle(part: list[Look], name: str) -> float:
        return statistics.median(getattr(one, name) for one in part)

    found = {name: (middle(first, name), middle(last, name)) for name in ("app", "neo4j", "threads", "descriptors")}
    bounds = {"app": _GROWTH, "neo4j": _GROWTH, "threads": 1, "descriptors": 1.02}
    return [f"{name} {a:.0f} → {b:.0f}" for name, (a, b) in found.items() if b > a * bounds[name] + 1]


def told(met: Met, looks: list[Look]) -> None:
    """Print the figures."""
    for kind, seconds in sorted(met.seconds.items()):
        ordered = sorted(seconds)
        tail = ordered[int(len(ordered) * 0.95)]
        print(f"{kind:12} {len(ordered):6} asked, {statistics.median(ordered):.2f} s, 95 % {tail:.2f} s")
    step = max(1, len(looks) // 11)
    for one in looks[::step]:
        print(f"app {one.app:.0f} MB, Neo4j {one.neo4j:.0f} MB, {one.threads} threads, {one.descriptors} descriptors")


def main() -> int:
    """Return 1 if there was an error, or something grew."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    users = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    looks: list[Look] = []
    with TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as home:
        settings = Settings.read({**os.environ, "NEO4J_URI": "", "PEYVAND_HOME": home})
        with engine.hold(settings) as address:
            cities = prepare(settings, address, users)
            neo4j = psutil.Process(engine.status(settings).pid)
            with served(settings, home) as (port, process):
                app = psutil.Process(process)
                met = use(port, users, seconds, cities, lambda: looks.append(look(app, neo4j)))
        engine.stop(settings, force=True)
    told(met, looks)
    count, growth = sum(map(len, met.seconds.values())), grown(looks)
    print(json.dumps({"answers": count, "errors": dict(met.errors.most_common(10)), "grown": growth}))
    return int(bool(met.errors) or bool(growth))


if __name__ == "__main__":
    sys.exit(main())
