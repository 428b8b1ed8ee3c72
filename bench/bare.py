"""The peer of most rows: the same Cypher on the bare driver."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import neo4j.graph
import neo4j.spatial

from graph_app.graph.store import Store

Asked = tuple[str, Mapping[str, Any]]


class Recorder(Store):
    """A store that remembers what it is asked, so that the bare driver can be asked the same."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.server, store.database, rows=store.rows, elements=store.elements, seconds=60)
        self.asked: list[Asked] = []

    def begin(self, query: str, parameters: Mapping[str, Any] | None = None, **limits: Any) -> Any:  # noqa: ANN401
        """Remember the question, then ask it; ``table`` does so through this, too."""
        self.asked.append((query, dict(parameters or {})))
        return super().begin(query, parameters, **limits)

    def subgraph(self, query: str, parameters: Mapping[str, Any] | None = None, **limits: Any) -> Any:  # noqa: ANN401
        """Remember the question, then answer it."""
        self.asked.append((query, dict(parameters or {})))
        return super().subgraph(query, parameters, **limits)


def ask(store: Store, asked: Iterable[Asked]) -> list[list[neo4j.Record]]:
    """Ask the bare driver; return the rows of each question."""
    answers = []
    for query, parameters in asked:
        with store.driver.session(database=store.database, default_access_mode=neo4j.READ_ACCESS) as session:
            answers.append(list(session.run(query, dict(parameters))))
    return answers


def rows_as_json(store: Store, asked: Asked) -> bytes:
    """Ask the bare driver; return the rows as JSON in UTF-8, entities as the API tells them."""
    [records] = ask(store, [asked])
    rows = [record.values() for record in records]
    return json.dumps(rows, ensure_ascii=False, default=_told).encode()


def _told(value: object) -> object:
    if isinstance(value, neo4j.graph.Node):
        properties = {name: _placed(one) for name, one in value.items()}
        return {"id": value["id"], "labels": sorted(value.labels), "properties": properties}
    return str(value)


def _placed(value: object) -> object:
    """Return a point by the names of its numbers; to ``json`` it is a list of them."""
    if isinstance(value, neo4j.spatial.WGS84Point):
        return {"latitude": value.latitude, "longitude": value.longitude}
    return value


def write(store: Store, statement: str, batches: Iterable[Sequence[Mapping[str, Any]]]) -> None:
    """Run ``statement`` over each batch of rows, one transaction a batch."""

    def work(transaction: neo4j.ManagedTransaction, rows: Sequence[Mapping[str, Any]]) -> None:
        transaction.run(statement, rows=rows).consume()

    with store.driver.session(database=store.database) as session:
        for rows in batches:
            session.execute_write(work, rows)
