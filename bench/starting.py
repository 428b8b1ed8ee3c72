"""Starting: what is imported, until the first page, until the engine answers; how much memory, and how large a file.

Each has a budget, beside the least that could be asked for: Flask and the driver alone, Neo4j without us.
"""

import http.client
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

import neo4j
import psutil
from neo4j.exceptions import DriverError, Neo4jError

from bench.commands import Taken, python
from bench.installation import HEAP, ROOT, Bench
from bench.pair import Goal, Row, paired, seconds
from bench.readers import SERVE, running
from graph_app import engine
from graph_app.engine import jars, java
from graph_app.engine.configuration import write_class_path
from graph_app.settings import Settings

_MIB = 2**20
_WITHIN, _POLL = 120.0, 0.1  # seconds
APP = "import graph_app.app"
LEAST = "import flask, neo4j"
_PAGE = """
import sys, flask, neo4j, waitress
app, driver = flask.Flask("least"), neo4j.GraphDatabase.driver(sys.argv[1], auth=(sys.argv[2], sys.argv[3]))
app.get("/")(lambda: str(driver.execute_query("RETURN 1 AS one", database_="neo4j").records[0]["one"]))
server = waitress.create_server(app, host="127.0.0.1", port=0)
print(f"http://127.0.0.1:{server.effective_port}/")
server.run()
"""
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
dbms.security.auth_enabled=false
server.memory.heap.max_size={heap}
"""


def rows(bench: Bench) -> Iterator[Row]:
    """Measure on the engine that runs, and on others that are started for it."""
    yield from _imports(bench)
    yield from _first_page(bench)
    yield from _engines(bench)
    yield _wheel(bench)


def _imports(bench: Bench) -> Iterator[Row]:
    turns = [[python(bench, "-c", text) for text in (APP, LEAST)] for _ in range(bench.rounds + 1)]
    app, least = zip(*turns[1:], strict=True)  # the first has no bytecode yet
    size = f"{bench.rounds} times"
    yield Row("import of the app", APP, LEAST, size, _seconds(app), _seconds(least), (Goal("ratio", 4),))
    held = [tuple(one.mebibytes for one in side) for side in (app, least)]
    goals = (Goal("mebibytes", 150),)
    yield Row("memory after the import", APP, LEAST, size, held[0], held[1], goals, "MiB")


def _seconds(side: Sequence[Taken]) -> tuple[float, ...]:
    return tuple(one.seconds for one in side)


@dataclass
class Served:
    """A server as a process of its own, each time until its first page: when it listened, and the memory it held."""

    bench: Bench
    arguments: Sequence[str]
    listened: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def page(self) -> float:
        """Start it, take its first page and end it; return how long the page took from the command on."""
        begin = time.perf_counter()
        with running(self.bench, self.arguments) as (process, port):
            self.listened.append(time.perf_counter() - begin)
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", "/")
                answer = connection.getresponse()
                answer.read()
            if answer.status != http.HTTPStatus.OK:
                raise AssertionError(f"the first page: {answer.status}")
            found = time.perf_counter() - begin
            self.memory.append(psutil.Process(process.pid).memory_info().rss / _MIB)
        return found


def _first_page(bench: Bench) -> Iterator[Row]:
    server = bench.store.server
    ours = Served(bench, SERVE)
    least = Served(bench, ("-c", _PAGE, server.uri, *server._auth))  # noqa: SLF001 - the bench's own engine
    times = paired(ours.page, least.page, bench.rounds)
    listened, *memory = (
        tuple(found[1:]) for found in (ours.listened, ours.memory, least.memory)
    )  # as they are counted
    name, peer = "from the command to the first page", "Flask, waitress, driver, RETURN 1"
    size, goals = f"{bench.rounds} times", (Goal("mebibytes", 240),)
    yield Row(name, "peyvand serve, its home page", peer, size, *times, (Goal("ratio", 5),))
    yield Row(f"{name}, of it", "until it listens", "the whole", size, listened, times[0])
    yield Row("memory after the first page", "peyvand serve", peer, size, memory[0], memory[1], goals, "MiB")


def _engines(bench: Bench) -> Iterator[Row]:
    """Yield how long an engine takes until it answers: in homes where there is nothing yet, and in the same again."""
    rounds, peer = bench.few, "the same Java and Neo4j alone, until Bolt answers"
    ours, size = "the managed engine, with password", f"{rounds} times"
    for name, most in (("first start of the engine", 2.0), ("later starts of the engine", 1.5)):
        sides = _each(_ours, bench, "engine"), _each(_bare, bench, "alone")
        yield Row(name, ours, peer, size, *paired(*sides, rounds, warm=False), (Goal("ratio", most),))


def _each(start: Callable[[Bench, str], float], bench: Bench, name: str) -> Callable[[], float]:
    """Return what starts an engine in one home after the other."""
    homes = count()
    return lambda: start(bench, f"{name}-{next(homes)}")


def _ours(bench: Bench, name: str) -> float:
    place = {"PEYVAND_HOME": str(bench.folder / name), "PEYVAND_ENGINE_PORT": "0"}
    sizes = {key: bench.settings.text(key) for key in ("PEYVAND_ENGINE_HEAP", "PEYVAND_ENGINE_PAGECACHE")}
    settings = Settings.read(place | sizes)
    begin = time.perf_counter()
    with engine.hold(settings):
        found = time.perf_counter() - begin
    engine.stop(settings, force=True)
    return found


def _bare(bench: Bench, name: str) -> float:
    """Start Neo4j with nothing but a port and the same memory."""
    home, port = bench.folder / name, _free_port()
    for folder in ("conf", "logs", "import"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(_CONFIGURATION.format(port=port, heap=HEAP), encoding="utf-8")
    class_path = write_class_path(home / "conf" / "class-path.args", jars.paths(jars.provide(bench.settings)))
    command = [java.executable(), f"-Xmx{HEAP}", f"@{class_path}", "org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=java.environment()
    ) as child:
        try:
            return seconds(partial(_answers, port))
        finally:
            child.terminate()


def _answers(port: int) -> None:
    deadline = time.monotonic() + _WITHIN
    while not _accepts(port):
        if time.monotonic() > deadline:
            raise AssertionError("Neo4j alone does not answer")
        time.sleep(_POLL)


def _accepts(port: int) -> bool:
    """Ask once, as our own supervisor does; the driver itself would wait longer and longer between its tries."""
    with (
        neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", connection_timeout=5, telemetry_disabled=True) as driver,
        driver.session(database="neo4j") as session,
    ):
        try:
            session.run("RETURN 1").consume()
        except (DriverError, Neo4jError):
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wheel(bench: Bench) -> Row:
    folder = bench.folder / "wheel"
    command = [sys.executable, "-m", "build", "--quiet", "--wheel", "--no-isolation", "--outdir", str(folder), "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return Row(
        "size of the wheel",
        "packed",
        "the files in it",
        "one",
        (wheel.stat().st_size / _MIB,),
        (_unpacked(wheel),),
        (Goal("mebibytes", 4),),
        "MiB",
    )


def _unpacked(wheel: Path) -> float:
    with zipfile.ZipFile(wheel) as packed:
        return sum(one.file_size for one in packed.infolist()) / _MIB
