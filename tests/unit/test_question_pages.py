"""The pages of questions as a reader sees them, over a graph that answers by heart."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.catalog import Catalog
from graph_app.confidentiality import HIGHEST
from graph_app.errors import N_, TimeLimitError
from graph_app.graph.results import Node, Table, Tie
from graph_app.graph.statements import statement
from graph_app.settings import Settings

ANN = Node("person:ann", ("Entity", "Person"), {"id": "person:ann", "name_en": "Ann", "name_fa": "آن"})
SPY = Node("person:spy", ("Entity", "Person"), {"id": "person:spy", "name_en": "<b>Spy</b>"})
MET = Tie("t1", "SAID", "person:ann", "person:spy", {"certainty": "stated"})

BUSIEST = """\
// title: {en: Busiest people, fa: پرکارترین اشخاص}
// about: {en: Who meets most., fa: چه کسی بیش از همه دیدار می‌کند.}
// params:
//   person: {type: entity, of: [Person], label: {en: Person, fa: شخص}}
//   most: {type: integer, default: 5, least: 1, label: {en: How many, fa: چند تن}}
// view: table
// limits: {rows: 2}
// tags: [ranking]
// columns:
//   who: {en: Who, fa: چه کسی}
//   meetings: {en: Meetings, fa: دیدارها, opens: people/busiest, given: {person: who, most: $most}}
// example: {person: "person:ann"}
MATCH (busiest {id: $person})
RETURN busiest AS who, 1 AS meetings LIMIT $most
"""
NETWORK = """\
// title: {en: Whole network, fa: همهٔ شبکه}
// about: {en: All of it., fa: همه.}
// view: network
MATCH (network)
RETURN network
"""


class Graph:
    """A store that answers what it was told to, and remembers what it was asked."""

    rows, elements, seconds = 1000, 300, 10
    clearance = HIGHEST

    def whole(self):
        return self

    def seen_with(self, _clearance):
        return self

    def __init__(self):
        self.asked = []
        self.answer = Table(("who", "meetings"), [(ANN, 3), (SPY, None)])
        self.network = Table(("network",), [([ANN, MET, SPY],)])
        self.error = None

    def begin(self, *asked, **limits):
        return lambda: self.table(*asked, **limits)

    def table(self, query, parameters=None, **limits):
        if "busiest" in query:
            self.asked.append((dict(parameters), limits["rows"]))
            if self.error:
                raise self.error
            return self.answer
        if "(network)" in query:
            return self.network
        if query == statement("evidence"):
            return Table(("id", "sources", "bare"), [])
        if "$ids" in query:
            return Table(("e",), [(node,) for node in (ANN, SPY) if node.id in parameters["ids"]])
        return Table((), [])


@pytest.fixture
def graph():
    return Graph()


@pytest.fixture
def reply(graph, tmp_path):
    for name, text in {"people/busiest": BUSIEST, "overview/all": NETWORK}.items():
        file = tmp_path / f"{name}.cypher"
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
    app = create_app(graph, Settings.read({}), testing=True)
    app.extensions["questions"] = Catalog.load([tmp_path])
    client = app.test_client()
    return lambda address: client.get(address, headers={"Host": "127.0.0.1:5000"})


@pytest.fixture
def get(reply):
    def get_(address):
        answer = reply(address)
        return answer.status_code, BeautifulSoup(answer.data, "html.parser").main

    return get_


def texts(page, selector):
    return [" ".join(found.text.split()) for found in page.select(selector)]


def test_the_library_groups_questions_by_subject(get):
    status, page = get("/queries?lang=en")

    assert status == 200
    assert texts(page, "h2") == ["overview 1", "people 1"]
    assert texts(page, ".library a") == ["Whole network", "Busiest people"]
    assert texts(page, ".library p") == ["All of it.", "Who meets most."]
    assert texts(page, ".library .aside") == ["Person, How many"]


@pytest.mark.parametrize("address", ["/queries?q=busiest", "/queries?q=پرکار", "/queries?tag=ranking"])
def test_the_library_is_filtered_on_the_server(get, address):
    _, page = get(f"{address}&lang=fa")
    assert texts(page, ".library a") == ["پرکارترین اشخاص"]


def test_a_filter_that_nothing_fits_says_so(get):
    _, page = get("/queries?q=zzz&lang=en")
    assert page.select(".library") == []
    assert "No question fits." in page.text


def test_question_without_its_parameters_asks_for_them_and_runs_nothing(get, graph):
    status, page = get("/queries/people/busiest?lang=en")

    assert status == 200
    assert [(field["name"], field["value"]) for field in page.select("form input")] == [("person", ""), ("most", "5")]
    assert page.select(".wrong") == []
    assert page.select("table") == []
    assert graph.asked == []


def test_question_with_its_parameters_is_run_and_shown_as_text(get, graph):
    status, page = get("/queries/people/busiest?person=person:ann&most=۷&lang=en")

    assert status == 200
    assert graph.asked == [({"person": "person:ann", "most": 7}, 2)]
    assert texts(page, "th") == ["Who", "Meetings"]
    assert texts(page, "td") == ["Ann", "3", "<b>Spy</b>", "none recorded"]
    assert [link["href"] for link in page.select("td a:not([href*='?'])")] == [
        "/entities/person:ann",
        "/entities/person:spy",
    ]
    assert "LIMIT $most" in page.select_one("details.statement pre").text


def test_an_example_is_told_in_the_words_of_the_reader(get):
    _status, page = get("/queries/people/busiest?lang=fa")
    link = next(a for a in page.find_all("a") if "person=person:ann" in a["href"])
    assert link.get_text() == "شخص: آن"


def test_a_number_is_a_link_to_the_rows_that_it_counts(get):
    _status, page = get("/queries/people/busiest?person=person:spy&most=7")
    linked, empty = page.select("table.answer tbody tr td:last-child")
    assert (linked.a["href"], linked.get_text(strip=True)) == ("/queries/people/busiest?person=person:ann&most=7", "3")
    assert empty.a is None


def test_the_answer_speaks_the_language_of_the_reader(get):
    _, page = get("/queries/people/busiest?person=person:ann&lang=fa")
    assert texts(page, "th") == ["چه کسی", "دیدارها"]
    assert texts(page, "td")[:2] == ["آن", "۳"]


def test_every_wrong_value_is_said_at_its_field_and_nothing_is_run(get, graph):
    status, page = get("/queries/people/busiest?person=person:nobody&most=0&lang=en")

    assert status == 400
    assert texts(page, ".wrong") == ["There is no entity with the id “person:nobody”.", "It must be at least 1."]
    assert page.select_one("#field-person")["value"] == "person:nobody"
    assert page.select_one("#field-person")["aria-describedby"] == "wrong-person"
    assert graph.asked == []


def test_a_cut_answer_says_so(get, graph):
    graph.answer = Table(("who", "meetings"), [(ANN, 1), (SPY, 1)], cut=True)
    _, page = get("/queries/people/busiest?person=person:ann&lang=en")
    assert page.select_one(".cut").text.startswith("There is more: the answer was cut at 2 rows.")


def test_no_rows_are_none_recorded(get, graph):
    graph.answer = Table(("who", "meetings"), [])
    _, page = get("/queries/people/busiest?person=person:ann&lang=en")
    assert page.select_one(".result .none").text == "None recorded."


def test_a_question_that_takes_too_long_keeps_its_form(get, graph):
    graph.error = TimeLimitError(N_("The question took longer than %(seconds)s seconds and was stopped."), seconds=10)
    status, page = get("/queries/people/busiest?person=person:ann&lang=en")

    assert status == 504
    assert page.select_one("[role=alert]").text == "The question took longer than 10 seconds and was stopped."
    assert page.select_one("#field-person")["value"] == "person:ann"


def test_the_exports_carry_the_values(get):
    _, page = get("/queries/people/busiest?person=person:ann&most=7&lang=en")
    links = {link.text: link["href"] for link in page.select(".result-bar > a")}

    assert links["CSV"] == "/queries/people/busiest.csv?person=person:ann&most=7"
    assert links["JSON"] == "/queries/people/busiest.json?person=person:ann&most=7"
    assert links["Open in the explorer"] == "/explore?ids=person:ann,person:spy"


def test_a_network_opens_in_the_explorer_and_lists_its_ties(get):
    status, page = get("/queries/overview/all?lang=en")

    assert status == 200
    assert page.select_one(".btn-primary")["href"] == "/explore?ids=person:ann,person:spy"
    assert texts(page, "td")[:3] == ["Ann", "said", "<b>Spy</b>"]
    assert [link["href"] for link in page.select("td a") if link.text == "Who says so?"] == ["/ties/t1"]
    assert texts(page, "td .unsourced") == ["No source recorded"]


def test_a_network_is_shown_as_a_table_on_request(get):
    _, page = get("/queries/overview/all?view=table&lang=en")
    assert texts(page, "td") == ["Annsaid no source recorded<b>Spy</b>"]
    assert texts(page, "nav [aria-current]") == ["Table"]


def test_csv_is_a_file_to_keep_and_never_a_page(reply):
    answer = reply("/queries/people/busiest.csv?person=person:ann&lang=en")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="people-busiest.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = ('"who","who_name","meetings"', '"person:ann","Ann",3', '"person:spy","<b>Spy</b>",""')
    assert answer.text == "\ufeff" + "".join(f"{row}\r\n" for row in rows)
    assert answer.headers["X-Rows-Cut"] == "false"


def test_csv_that_is_cut_says_so_in_its_name(reply, graph):
    graph.answer = Table(("who", "meetings"), [(ANN, 3)], cut=True)
    answer = reply("/queries/people/busiest.csv?person=person:ann&lang=en")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="people-busiest-first-1.csv"'
    assert answer.headers["X-Rows-Cut"] == "true"


def test_json_has_the_values_as_they_were_read(reply, graph):
    graph.answer = Table(("who", "meetings"), [(ANN, date(2025, 12, 5))])
    told = reply("/queries/people/busiest.json?person=person:ann&most=۷").json

    assert (told["name"], told["parameters"]) == ("people/busiest", {"person": "person:ann", "most": 7})
    assert (told["columns"], told["cut"]) == (["who", "meetings"], False)
    assert told["rows"][0][1] == "2025-12-05"


def test_json_with_wrong_values_names_each(reply):
    answer = reply("/queries/people/busiest.json?most=x&lang=en")

    assert answer.status_code == 400
    assert answer.json["fields"] == {"person": "Fill this in.", "most": "“x” is not a whole number."}
    assert answer.json["detail"] == "person: Fill this in. most: “x” is not a whole number."


@pytest.mark.parametrize("ending", ["", ".json", ".csv"])
def test_a_question_that_is_not_there_is_not_found(reply, ending):
    assert reply(f"/queries/people/nobody{ending}").status_code == 404


class Loaded(Graph):
    """A graph that says what it holds, and notes whether it was asked that before or while the question ran."""

    def __init__(self):
        super().__init__()
        self.serial, self.running, self.steps, self.order = 1, None, [], []

    def table(self, query, parameters=None, **limits):
        if "s.serial" in query:
            self.order.append("content")
            return self.held()
        if "busiest" in query:
            self.order.append("question")
        return super().table(query, parameters, **limits)

    def begin(self, query, parameters=None, **limits):
        if "s.serial" in query:
            self.order.append("soon")
            return self.held
        found = self.table(query, parameters, **limits)
        return lambda: found

    def held(self):
        columns = ("graph", "serial", "running", "nodes", "ties", "steps")
        return Table(columns, [("g", self.serial, self.running, 5, 5, self.steps)])


ASKED = "/queries/people/busiest.json?person=person:ann"


class TestWhatTheGraphHolds:
    @pytest.fixture
    def graph(self):
        return Loaded()

    def test_is_asked_while_the_question_runs_once_it_is_known(self, graph, reply):
        first, anew, kept = (reply(f"{ASKED}{more}") for more in ("", "&anew=1", ""))
        assert graph.order == ["content", "question", "question", "soon", "soon"]
        assert first.headers["ETag"] != anew.headers["ETag"] == kept.headers["ETag"]

    def test_and_has_changed_meanwhile_so_the_question_is_asked_again(self, graph, reply):
        before = reply(ASKED)
        graph.serial, graph.order = 2, []
        graph.answer = Table(("who", "meetings"), [(ANN, 4)])
        after = reply(f"{ASKED}&anew=1")
        assert graph.order == ["question", "soon", "content", "question"]
        assert [row[1] for row in after.json["rows"]] == [4]
        assert before.headers["ETag"] != after.headers["ETag"] == reply(ASKED).headers["ETag"]

    def test_is_not_known_during_a_load_so_nothing_is_kept_and_it_is_asked_once(self, graph, reply):
        reply(ASKED)
        graph.running = "a run"
        reply(f"{ASKED}&anew=1")
        graph.order = []
        during = reply(f"{ASKED}&anew=1")
        assert graph.order == ["content", "question"]
        assert "ETag" not in during.headers
