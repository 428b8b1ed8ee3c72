"""Fixtures for all rings of tests.

* unit      no database, no network
* live      the real Neo4j: one managed engine for the whole session, or PEYVAND_TEST_NEO4J_URI (which must be empty)
* browser   Chromium on the real app over the real Neo4j

Neo4j Community has one database, so live tests run serially. A test asks for the content it needs: ``empty`` (the
schema, no data), ``founding`` (the founding example) or ``examples`` (founding and world). The content is only
changed when the next test asks for another one.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.exploration import quality
from graph_app.graph import schema
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.applying import apply
from loaders.mapping import shipped
from loaders.planning import plan


def _settings(**values: str) -> Settings:
    kept = {name: os.environ[name] for name in ("PEYVAND_ENGINE_JARS",) if name in os.environ}
    return Settings.read({**kept, **values})


@pytest.fixture(scope="session")
def settings(tmp_path_factory) -> Settings:
    return _settings(PEYVAND_HOME=str(tmp_path_factory.mktemp("home")), PEYVAND_ENGINE_HEAP="768m")


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
    uri = os.environ.get("PEYVAND_TEST_NEO4J_URI")
    if uri:
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        with Store(connect(uri, user, password), os.environ.get("NEO4J_DATABASE", "neo4j")) as store:
            if store.table("MATCH (n) RETURN count(n) AS count").rows[0][0]:
                pytest.exit("PEYVAND_TEST_NEO4J_URI names a store that is not empty; tests would delete its data.")
            yield Graph(store)
        return
    with (
        engine.hold(settings) as address,
        Store(connect(address.uri, address.username, address.password), "neo4j") as store,
    ):
        yield Graph(store)


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
