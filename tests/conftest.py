"""Fixtures for all rings of tests.

* unit      no database, no network
* live      the real Neo4j: one managed engine for the whole session, or the server of PEYVAND_TEST_NEO4J_URI (with
            …_USERNAME, …_PASSWORD, …_DATABASE), whose store must be empty; `make live-second` gives it one
* browser   Chromium on the real app over the real Neo4j

Neo4j Community has one database, so live tests run serially. A test asks for the content it needs: ``empty`` (the
schema, no data), ``founding`` (the founding example) or ``examples`` (founding and world). The content is only
changed when the next test asks for another one, and tests of one content run after each other.
"""

import csv
import io
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import waitress
from flask import Flask

from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.auth import extension
from graph_app.cli.listening import Listener
from graph_app.confidentiality import HIGHEST
from graph_app.exploration import quality
from graph_app.graph import schema
from graph_app.graph.results import Subgraph
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.applying import apply
from loaders.mapping import shipped
from loaders.planning import plan
from tests.nothing import answered

FOREIGN = os.environ.get("PEYVAND_TEST_NEO4J_URI")
SIGN_ON = (
    os.environ.get("PEYVAND_TEST_NEO4J_USERNAME", "neo4j"),
    os.environ.get("PEYVAND_TEST_NEO4J_PASSWORD", ""),
)
DATABASE = os.environ.get("PEYVAND_TEST_NEO4J_DATABASE", "neo4j")
REFUSED = 3  # exit code

# `make check` draws the same examples of a property each time: a change is judged by itself; `make prove` draws new.
hypothesis.settings.register_profile("check", derandomize=True, deadline=None)
hypothesis.settings.register_profile("prove", deadline=None)
hypothesis.settings.load_profile("prove" if os.environ.get("PEYVAND_PROVE") else "check")


CONTENTS = ("examples", "founding", None, "empty")  # in this order: what a test of ``empty`` wrote is wiped each time


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of one content beside each other: loading the examples costs more than most tests."""

    def place(item: pytest.Item) -> tuple[bool, int]:
        asked = getattr(item, "fixturenames", ())
        content = min(map(CONTENTS.index, [name for name in CONTENTS if name in asked] or [None]))
        return "chromium" in asked, content  # once Playwright runs its loop, nobody else can start one

    items.sort(key=place)


def refuse_content(store: Store) -> None:
    """End the session if the foreign server holds anything at all: tests delete what they find."""
    count = store.table("MATCH (n) RETURN count(n) AS count").rows[0][0]
    if count:
        sentence = (
            f"PEYVAND_TEST_NEO4J_URI ({FOREIGN}) names a store that is not empty: it holds {count} nodes, and the"
            " tests would delete them. Nothing was changed. Give the tests a server of their own: make live-second."
        )
        pytest.exit(sentence, returncode=REFUSED)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_home(tmp_path_factory):
    """Keep tests that name no folder out of the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def _cheap_hashes(request, monkeypatch):
    """Hash passwords with real argon2, but with less work; a test that asks for ``real_hashes`` has all of it."""
    if "real_hashes" not in request.fixturenames:
        cheap = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
        monkeypatch.setitem(extension._CONFIGURATION, "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS", cheap)


@pytest.fixture
def real_hashes():
    """Ask for the work that guards passwords outside of tests."""


def _settings(**values: str) -> Settings:
    kept = {name: os.environ[name] for name in ("PEYVAND_ENGINE_JARS",) if name in os.environ}
    return Settings.read({**kept, **values})


@pytest.fixture(scope="session")
def settings(tmp_path_factory) -> Settings:
    return _settings(PEYVAND_HOME=str(tmp_path_factory.mktemp("home")), PEYVAND_ENGINE_HEAP="768m")


ARABIC = str.maketrans("یک0123456789۰۱۲۳۴۵۶۷۸۹", "يك٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩")
ARABIC_LETTERS = str.maketrans("یک۰۱۲۳۴۵۶۷۸۹", "يك0123456789")  # as Windows-1256 has them
RENDERINGS = {  # encoding, letters, delimiter, quoting, line end
    "utf-8": ("utf-8", {}, ",", csv.QUOTE_MINIMAL, "\n"),
    "utf-8 with a mark": ("utf-8-sig", {}, ",", csv.QUOTE_MINIMAL, "\r\n"),
    "windows-1256": ("cp1256", ARABIC_LETTERS, ";", csv.QUOTE_MINIMAL, "\r\n"),
    "utf-16": ("utf-16", {}, "\t", csv.QUOTE_MINIMAL, "\r\n"),
    "utf-16 without a mark": ("utf-16-be", {}, "|", csv.QUOTE_MINIMAL, "\n"),
    "arabic letters and digits": ("utf-8", ARABIC, ",", csv.QUOTE_MINIMAL, "\n"),
    "all quoted": ("utf-8", {}, ";", csv.QUOTE_ALL, "\n"),
    "old mac": ("utf-8", {}, ",", csv.QUOTE_ALL, "\r"),
    "garbled": ("utf-8 garbled", {}, ",", csv.QUOTE_MINIMAL, "\n"),
}


@pytest.fixture
def renderings() -> list[str]:
    return list(RENDERINGS)


@pytest.fixture
def render():
    """Write rows as bytes in one of the renderings, which all say the same."""

    def write(rows: list[list[str]], name: str) -> bytes:
        encoding, letters, delimiter, quoting, end = RENDERINGS[name]
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=end)
        writer.writerow(rows[0])
        writer.writerows([cell.translate(letters) for cell in row] for row in rows[1:])
        if encoding == "utf-8 garbled":
            return stream.getvalue().encode().decode("cp1256").encode()
        return stream.getvalue().encode(encoding)

    return write


class NoGraph:
    """A store that holds nothing, for tests of what stands around the graph."""

    rows, elements, seconds = 1000, 300, 10
    clearance = HIGHEST

    def whole(self):
        return self

    def seen_with(self, _clearance):
        return self

    def begin(self, *asked, **limits):
        return lambda: self.table(*asked, **limits)

    def table(self, query, *_parameters, **_limits):
        return answered(query)

    def subgraph(self, *_asked, **_limits):
        return Subgraph((), ())


@pytest.fixture
def listening():
    """Serve apps as ``peyvand serve`` does, each at the address that is returned, until the test ends."""
    served = []

    def listen(app: Flask) -> str:
        listener = Listener(waitress.create_server(app, host="127.0.0.1", port=0, threads=8), grace=10)
        thread = threading.Thread(target=listener.run, daemon=True)
        thread.start()
        served.append((listener, thread, app))
        return f"http://127.0.0.1:{listener.port}"

    yield listen
    for listener, thread, app in served:
        listener.stop()
        thread.join(25)  # a slow machine may still answer what the last page asked for
        app.extensions["database"].close()


@pytest.fixture
def no_graph() -> NoGraph:
    return NoGraph()


class Graph:
    """The store of the session, and which content it holds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.content: str | None = None

    def make(self, content: str, *names: str) -> Store:
        if self.content != content:
            self.wipe()
            for name in names:
                load(self.store, EXAMPLES / name)
            self.content = content
        return self.store

    def wipe(self) -> None:
        Writer(self.store).run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
        schema.apply(self.store)


def load(store: Store, folder: Path):
    """Load a folder with the shipped mapping of its name and return the plan that was applied."""
    mapping = next(one for one in shipped() if one.mapping == folder.name)
    made = plan(store, [folder / table.file for table in mapping.tables], mapping)
    apply(store, made)
    return made


@pytest.fixture(scope="session")
def graph(settings) -> Iterator[Graph]:
    if FOREIGN:
        with Store(connect(FOREIGN, *SIGN_ON), DATABASE) as store:
            refuse_content(store)
            found = Graph(store)
            yield found
            found.wipe()  # or the next run would be refused
        return
    with (
        engine.hold(settings) as address,
        Store(connect(address.uri, address.username, address.password), "neo4j") as store,
    ):
        yield Graph(store)


@pytest.fixture(scope="session")
def address(graph, settings) -> engine.Address:  # noqa: ARG001 - the server of the session runs
    """Where the server of the session is, for tests that start programs."""
    if FOREIGN:
        return engine.Address(FOREIGN, *SIGN_ON)
    with engine.hold(settings) as found:
        return found


@pytest.fixture
def aside(graph):
    """Set ties of one type aside by hand until the test ends, where a condition on their ends ``a``, ``b`` holds."""
    writer, moved = Writer(graph.store), []

    def set_aside(type_, condition, reason="Wrong"):
        moved.append(type_)
        writer.run(
            f"MATCH (a:Entity)-[r:{type_}]->(b:Entity) WHERE {condition} CREATE (a)-[s:SET_ASIDE]->(b)"
            f" SET s = properties(r), s.type = '{type_}', s.rank = 'deprecated', s.rank_reason = $reason DELETE r",
            {"reason": reason},
        )

    yield set_aside
    for type_ in moved:
        writer.run(
            f"MATCH (a:Entity)-[s:SET_ASIDE {{type: '{type_}'}}]->(b:Entity) CREATE (a)-[r:{type_}]->(b)"
            " SET r = properties(s) REMOVE r.type, r.rank, r.rank_reason DELETE s"
        )


@pytest.fixture
def patience(graph, monkeypatch):
    """Time enough on a machine that does much else: what is tested is the answer, not how soon it comes."""
    monkeypatch.setattr(graph.store, "seconds", 120)
    monkeypatch.setattr(quality, "SECONDS", 120)


@pytest.fixture
def empty(graph) -> Iterator[Store]:
    yield graph.make("empty")
    graph.content = None  # the test may have written


@pytest.fixture
def founding(graph) -> Store:
    return graph.make("founding", "founding")


@pytest.fixture
def examples(graph) -> Store:
    return graph.make("examples", "founding", "world")
