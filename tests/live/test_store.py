from datetime import date

import pytest

from graph_app.errors import StoreError, TimeLimitError
from graph_app.graph import schema
from graph_app.graph.results import Node, Position
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer

pytestmark = pytest.mark.live


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Entity {id: 'x'}) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "CREATE INDEX x FOR (n:X) ON (n.y)",
        "MERGE (n:Entity {id: 'place:mashhad'}) SET n.seen = true RETURN n",
    ],
)
def test_the_store_reads_and_nothing_else(founding, statement):
    with pytest.raises(StoreError, match="refuses"):
        founding.table(statement)


def test_one_row_more_than_the_limit_is_a_cut_and_exactly_the_limit_is_none(founding):
    assert founding.table("UNWIND range(1, 11) AS n RETURN n", rows=10).cut
    found = founding.table("UNWIND range(1, 10) AS n RETURN n", rows=10)
    assert (len(found.rows), found.cut) == (10, False)


def test_a_runaway_is_stopped_at_the_limit(founding):
    with pytest.raises(TimeLimitError, match="longer than 1 seconds"):
        founding.table("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)", seconds=1)


def test_dates_points_and_entities_come_back_as_plain_values(founding):
    [row] = founding.table(
        "MATCH (p:Place {id: 'place:mashhad'})"
        " RETURN date('2025-12-03') AS day, p.position AS position, p AS node, [p] AS list"
    )
    assert row["day"] == date(2025, 12, 3)
    assert isinstance(row["position"], Position)
    assert isinstance(row["node"], Node)
    assert row["list"] == [row["node"]]
    assert round(row["position"].latitude, 1) == 36.3


def test_a_wrong_password_and_a_server_that_is_away_are_one_sentence_each(founding):
    address = founding.driver.get_server_info().address
    with Store(connect(f"bolt://{address[0]}:{address[1]}", "neo4j", "wrong"), "neo4j") as store:
        with pytest.raises(StoreError, match="does not accept this user name and password"):
            store.check()
    with (
        Store(connect("bolt://127.0.0.1:1", "neo4j", "x"), "neo4j") as store,
        pytest.raises(StoreError, match="cannot be reached"),
    ):
        store.check()
    with pytest.raises(StoreError, match="is not an address"):
        connect("mashhad", "neo4j", "x")


def test_a_server_that_is_too_old_is_refused(founding, monkeypatch):
    monkeypatch.setitem(founding.__dict__, "version", "4.4.30")
    with pytest.raises(StoreError, match=r"has version 4\.4\.30; Peyvand needs 5\.26"):
        founding.check()
    monkeypatch.setitem(founding.__dict__, "version", "2025.10.1")
    founding.check()


def test_every_index_and_constraint_is_online(founding):
    states = founding.table("SHOW INDEXES YIELD name, state RETURN state, collect(name) AS names")
    assert [row["state"] for row in states] == ["ONLINE"]


def test_what_is_missing_of_the_schema_is_made_again(empty):
    names = "SHOW INDEXES YIELD name RETURN name"
    before = {row["name"] for row in empty.table(names)}
    Writer(empty).run("DROP INDEX squashed")
    Writer(empty).run("DROP CONSTRAINT within_id")
    assert {row["name"] for row in empty.table(names)} == before - {"squashed", "within_id"}
    schema.apply(empty)
    assert {row["name"] for row in empty.table(names)} == before
    assert len(before) >= len(schema.statements())
