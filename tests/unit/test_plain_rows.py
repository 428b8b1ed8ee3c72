"""Driver values become plain ones, and an entity that stands in many rows is made once."""

import neo4j.graph
import neo4j.time
import pytest

from graph_app.graph import results
from graph_app.graph.results import Node, plain, plain_rows


@pytest.fixture
def made(monkeypatch):
    """Return the ids of the entities that were made."""
    ids, node = [], results._node

    def counted(value):
        ids.append(value["id"])
        return node(value)

    monkeypatch.setattr(results, "_node", counted)
    return ids


def city(number):
    properties = {"id": f"place:{number}", "since": neo4j.time.Date(2025, 12, number + 1)}
    return neo4j.graph.Node(neo4j.graph.Graph(), f"4:x:{number}", number, frozenset({"Entity", "City"}), properties)


def test_rows_are_what_each_value_is_and_each_entity_is_made_once(made):
    first, second = city(1), city(2)
    rows = [(first, "a", [first, second, 3]), (second, None, {"of": [first]})]
    found = plain_rows(rows)
    assert made == ["place:1", "place:2"]
    assert found == [tuple(plain(value) for value in row) for row in rows]
    assert found[0][0] is found[0][2][0]
    assert isinstance(found[1][0], Node)
    assert found[1][0].properties["since"].isoformat() == "2025-12-03"


def test_entities_that_are_equal_but_not_the_same_are_told_apart(made):
    assert plain_rows([(city(1),), (city(2),), (city(1),)])[1][0].id == "place:2"
    assert made == ["place:1", "place:2", "place:1"]
