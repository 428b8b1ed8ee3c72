"""An answer says how confidential it can be, and the graph is not asked for that once more."""

import pytest

from graph_app.app import create_app
from graph_app.catalog import Catalog
from graph_app.confidentiality import SECRECY, Clearance
from graph_app.exploration.levels import Level, of_answer, of_things
from graph_app.graph.content import held
from graph_app.graph.results import Node, Subgraph, Table
from graph_app.graph.statements import statement
from graph_app.settings import Settings
from tests.conftest import NoGraph

OPEN, SHUT = (Node(f"place:{step}", ("Entity", "Place"), {SECRECY: step} if step else {}) for step in (0, 2))
QUESTION = """\
// title: {en: A place, fa: جایی}
// about: {en: One of them., fa: یکی.}
// view: VIEW
MATCH (place:Place)
RETURN place
"""
HIGHEST = statement("most_confidential")
VERSION = statement("version")
COLUMNS = ("graph", "serial", "running", "nodes", "ties", "steps")


class Graph(NoGraph):
    """A graph of one load with places of some levels; it notes how often it was asked what."""

    clearance = Clearance.RESTRICTED

    def __init__(self):
        self.steps, self.running, self.serial, self.asked, self.places = [2], None, 1, [], [OPEN]

    def table(self, query, *_parameters, **_limits):
        self.asked.append(query)
        if query == VERSION:
            return Table(COLUMNS, [("g", self.serial, self.running, 5, 5, self.steps)])
        if query == HIGHEST:
            return Table(("level",), [(max(self.steps, default=None),)])
        return Table(("place",), [(place,) for place in self.places])


@pytest.fixture
def graph():
    return Graph()


@pytest.fixture
def level(graph, tmp_path):
    """Return what an answer says of its level."""
    for view in ("table", "network"):
        (file := tmp_path / f"places/{view}.cypher").parent.mkdir(exist_ok=True)
        file.write_text(QUESTION.replace("VIEW", view), encoding="utf-8")
    app = create_app(graph, Settings.read({}), testing=True)
    app.extensions["questions"] = Catalog.load([tmp_path])

    def asked(address, **headers):
        answer = app.test_client().get(f"/queries/places/{address}", headers={"Host": "127.0.0.1:5000", **headers})
        assert answer.status_code == 200
        return answer.headers.get("X-Confidentiality")

    return asked


@pytest.mark.parametrize("ending", ["json", "csv", "ndjson", "xlsx", "html", "graphml"])
def test_a_level_is_known_with_what_the_graph_holds(level, graph, ending):
    wanted = "public" if ending == "graphml" else "restricted-at-most"
    assert [level(f"table.{ending}") for _ in range(3)] == [wanted] * 3
    assert level(f"table.{ending}", **{"Cache-Control": "no-cache"}) == wanted
    assert HIGHEST not in graph.asked


def test_it_is_another_one_as_soon_as_the_graph_says_so(level, graph):
    found = [level("table.json")]
    for steps, serial in (([1], 2), ([], 3), ([2], 3), ([1, 2], 3)):  # the last two by hand: no load counts them
        graph.steps, graph.serial = steps, serial
        found.append(level("table.json"))
    assert found == ["restricted-at-most", "internal-at-most", None, "restricted-at-most", "restricted-at-most"]
    assert HIGHEST not in graph.asked


def test_it_is_asked_for_while_a_load_is_at_work(level, graph):
    level("table.json")
    graph.running, graph.steps = "a run", [1]
    assert level("table.json") == "internal-at-most"
    assert HIGHEST in graph.asked


def test_a_network_says_its_own_level_but_a_workbook_of_its_rows_does_not(level, graph):
    assert (level("network.json"), level("network.graphml")) == ("public", "public")
    assert (level("network.xlsx"), level("network.html")) == ("restricted-at-most", "restricted-at-most")
    graph.places, graph.serial = [OPEN, SHUT], 2
    assert (level("network.json"), level("network.graphml")) == ("restricted", "restricted")


def test_what_is_confidential_says_so_whatever_the_graph_was_thought_to_hold():
    assert of_things(None, [OPEN, SHUT]) == Level(Clearance.RESTRICTED, exact=True)
    assert of_answer(None, Subgraph((SHUT,), ())) == Level(Clearance.RESTRICTED, exact=True)
    assert of_things(None, [OPEN]) is None


@pytest.mark.parametrize("clearance", list(Clearance))
def test_nobody_is_told_of_a_level_above_their_own(graph, clearance):
    graph.clearance = clearance
    assert held(graph).highest == (clearance if clearance == Clearance.RESTRICTED else Clearance.PUBLIC)
    graph.steps = [1, 2]
    assert held(graph).highest == clearance
