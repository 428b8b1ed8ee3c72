"""Every statement that walks claims leaves deprecated ones out, or says here why it does not."""

import re
from pathlib import Path

import pytest

from graph_app._layout import QUERIES
from graph_app.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parents[2]
PATTERN = re.compile(r"-\[(?P<name>\w*)(?P<rest>[^\]]*)\]-")
STATEMENTS = [
    *QUERIES.glob("*/*.cypher"),
    *ROOT.glob("graph_app/graph/cypher/**/*.cypher"),
    *ROOT.glob("loaders/statements/*.cypher"),
]

# Those that are about the claims themselves: pages show what was set aside, last and marked; loads compare everything.
WHOLE = {
    "between": "a tie's page",
    "entity": "an entity's page",
    "ties_of": "an entity's page",
    "evidenced": "a source's page",
    "mentioned": "a source's page: a mention claims nothing",
    "stated": "a source's page",
    "tie": "a tie's page",
    "evidence_share": "counts all that was claimed",
    "unsourced": "asks for evidence of any rank",
    "search": "orders by how well entities are connected",
    "starting_points": "orders by how well entities are connected",
    "entities": "a load compares everything",
    "ties": "a load compares everything",
    "derived": "a load compares everything",
    "remove_ties": "a load",
    "write_ties": "a load",
    "unsourced_entities": "asks for evidence of any rank",
    "unsourced_ties": "a tie without a source has no rank that counts",
    "unsourced_ties_count": "a tie without a source has no rank that counts",
    "missing_sources": "a missing source is missing whatever the rank",
    "deprecated": "is the list of what was set aside",
    "unknown_words": "is about words",
}
NOT_CLAIMS = {name for name, tie in vocabulary().types.items() if tie.derived}


def body(path):
    return "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("//"))


def open_patterns(text):
    """Yield the patterns of ``text`` that follow claims and let deprecated ones through."""
    for found in PATTERN.finditer(text):
        types = re.match(r":([A-Z_|!&]+)", found["rest"])
        if types and set(types[1].split("|")) <= NOT_CLAIMS:
            continue
        name = found["name"]
        guard = rf"coalesce\({name}\.rank, '\w*'\) (<> 'deprecated'|= 'normal')"
        if not name or not (re.search(guard, text) or "{rank: 'preferred'}" in found["rest"]):
            yield found[0]


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_a_statement_that_walks_claims_leaves_deprecated_ones_out(path):
    if path.stem not in WHOLE:
        assert list(open_patterns(body(path))) == []


def test_a_statement_that_forgets_the_rank_is_found():
    assert list(open_patterns("MATCH (a)-[r:PARTY_TO]->(b) RETURN b")) == ["-[r:PARTY_TO]-"]
    assert list(open_patterns("MATCH (a)-[:PARTY_TO*1..3]->(b) RETURN b")) == ["-[:PARTY_TO*1..3]-"]
    assert list(open_patterns("MATCH (a)-->(b), (a)-[r]-(b) WHERE coalesce(r.rank, '') <> 'deprecated'")) == []


def test_the_exceptions_exist():
    assert set(WHOLE) <= {path.stem for path in STATEMENTS}
