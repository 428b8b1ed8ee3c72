"""Statements as they are sent for a reader who may not see everything."""

import re
from pathlib import Path

import pytest

from graph_app.catalog.library import shipped
from graph_app.confidentiality import HIGHEST, Clearance
from graph_app.errors import GateError, StatementError
from graph_app.graph import statements
from graph_app.graph.store import Store
from graph_app.graph.visible import visible

FOLDER = Path(statements.__file__).parent / "cypher"
SERVER = {"functions", "members", "started", "stop"}  # of the server itself; sent beside the store
OURS = sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.cypher"))


def public(text):
    return visible(text, Clearance.PUBLIC)


HAS = {
    name: f"{name} WHERE {name}.secrecy IS NULL" for name in ("a", "b", "n", "r", *(f"seen_{n}" for n in range(1, 4)))
}
OF_TYPE = "seen_1:T WHERE seen_1.secrecy IS NULL"
REPEATED = "all(seen_1 IN r WHERE {})".format(
    " AND ".join(f"{one}.secrecy IS NULL" for one in ("seen_1", "startNode(seen_1)", "endNode(seen_1)"))
)
INDEX = "CALL db.index.fulltext.queryNodes('names', $q) YIELD node AS n, score WHERE "


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("MATCH (n) RETURN n", f"MATCH ({HAS['n']}) RETURN n"),
        ("MATCH (n:A|B {x: 1}) RETURN n", "MATCH (n:A|B {x: 1} WHERE n.secrecy IS NULL) RETURN n"),
        ("MATCH (n WHERE n.x OR n.y) RETURN n", f"MATCH ({HAS['n']} AND ( n.x OR n.y)) RETURN n"),
        ("MATCH (n)-->() RETURN n", f"MATCH ({HAS['n']})-[{HAS['seen_1']}]->({HAS['seen_2']}) RETURN n"),
        ("MATCH `p` = (n) RETURN p", f"MATCH `p` = ({HAS['n']}) RETURN p"),
        ("RETURN COUNT { `p` = (n) } AS c", f"RETURN COUNT {{ `p` = ({HAS['n']}) }} AS c"),
        ("MATCH (:A {m: 1}) RETURN 1", "MATCH (seen_1:A {m: 1} WHERE seen_1.secrecy IS NULL) RETURN 1"),
        ("MATCH (a)<--(b) RETURN a", f"MATCH ({HAS['a']})<-[{HAS['seen_1']}]-({HAS['b']}) RETURN a"),
        ("MATCH (a)<-[r:T*1..3]-(b) RETURN a", f"MATCH ({HAS['a']})<-[r:T*1..3]-({HAS['b']} AND {REPEATED}) RETURN a"),
        (
            "MATCH (a)-[:T]->+(b) RETURN a",
            f"MATCH ({HAS['a']})(({HAS['seen_2']})-[{OF_TYPE}]->({HAS['seen_3']}))+({HAS['b']}) RETURN a",
        ),
        (
            "MATCH (a) WHERE NOT (a)--(a) RETURN a",
            f"MATCH ({HAS['a']}) WHERE NOT EXISTS {{ ({HAS['a']})-[{HAS['seen_1']}]-({HAS['a']}) }} RETURN a",
        ),
        (
            "MATCH (a) RETURN [(a)--(b) | b.x]",
            f"MATCH ({HAS['a']}) RETURN [({HAS['a']})-[{HAS['seen_1']}]-({HAS['b']}) | b.x]",
        ),
        (f"{INDEX}score > 1 RETURN n", f"{INDEX}n.secrecy IS NULL WITH * WHERE score > 1 RETURN n"),
        ("RETURN (1 + 2) - [1][0] AS x, 'MATCH (n)' AS y", "RETURN (1 + 2) - [1][0] AS x, 'MATCH (n)' AS y"),
    ],
)
def test_every_node_and_every_tie_gets_its_condition(text, sent):
    assert public(text) == sent


def test_who_may_see_internal_matters_is_asked_for_their_step():
    assert visible("MATCH (n) RETURN n", Clearance.INTERNAL) == "MATCH (n WHERE coalesce(n.secrecy, 0) <= 1) RETURN n"


@pytest.mark.parametrize("name", [*OURS, *shipped()])
def test_who_may_see_everything_is_sent_what_is_written(name):
    text = shipped()[name].statement.text if name in shipped() else (FOLDER / f"{name}.cypher").read_text("utf-8")
    assert visible(text, HIGHEST) is text


@pytest.mark.parametrize(
    "text",
    [
        "SHOW TRANSACTIONS",
        "EXPLAIN MATCH (n) RETURN n",
        "MATCH order = (n) RETURN n",
        "MATCH (n), order = (m) RETURN n",
        "MATCH ()-->() RETURN *",
        "MATCH (a)-->() WITH DISTINCT * RETURN a",
        "CALL db.labels() YIELD label RETURN label",
        "CALL db.index.fulltext.queryNodes('names', 'x') YIELD score RETURN score",
        "CALL db.index.fulltext.queryNodes('names', 'x')",
        "MATCH p = ANY SHORTEST (a)-[*]-(b) RETURN p",
        "RETURN COUNT { limit = (n) } AS count",
        "CALL `db`.`labels`() YIELD label RETURN label",
        "CALL { CALL db.labels() YIELD label RETURN label } RETURN label",
        "CALL db.index.fulltext.queryNodes('names', 'x') YIELD `node` AS n RETURN n",
        "MATCH (n) RETURN apoc.node.degree(n) AS degree",
        "MATCH (n) USING SCAN n:A RETURN *, COUNT { () } AS count",
        "MATCH (n RETURN n",
        "MATCH (n) RETURN n]",
        "MATCH (n\\u0029) RETURN n",
        "",
    ],
)
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(StatementError):
        public(text)


@pytest.mark.parametrize("name", [*(name for name in OURS if name not in SERVER and "canary" not in name), *shipped()])
def test_every_statement_that_is_shipped_can_be_sent_for_anybody(name):
    text = shipped()[name].statement.text if name in shipped() else (FOLDER / f"{name}.cypher").read_text("utf-8")
    for clearance in (Clearance.PUBLIC, Clearance.INTERNAL):
        sent = visible(text, clearance)
        assert sent.count(".secrecy") >= len(re.findall(r"\bMATCH\b", text))
    for parameter in shipped()[name].parameters.values() if name in shipped() else ():
        if isinstance(parameter.values, str):
            assert ".secrecy" in public(parameter.values)


@pytest.mark.parametrize("name", sorted(SERVER))
def test_what_the_server_says_of_itself_is_for_nobody_else(name):
    with pytest.raises(StatementError):
        public((FOLDER / f"{name}.cypher").read_text("utf-8"))


def test_free_hand_statements_are_for_those_who_may_see_everything():
    store = Store(None, "neo4j")
    with pytest.raises(GateError, match="may see everything"):
        _ = store.seen_with(Clearance.INTERNAL).gate
    assert store.seen_with(HIGHEST) is store


def test_nobody_is_shown_more_than_the_store_shows():
    lesser = Store(None, "neo4j").seen_with(Clearance.PUBLIC)
    assert lesser.seen_with(HIGHEST).clearance == Clearance.PUBLIC
