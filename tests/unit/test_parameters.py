"""What people type is read as values, or refused with a sentence per field."""

from datetime import date
from pathlib import Path

import pytest

from graph_app.catalog import ValuesError
from graph_app.catalog.entities import ManyMeantError
from graph_app.catalog.library import load
from graph_app.catalog.parameters import Parameter
from graph_app.catalog.values import plain_value
from graph_app.confidentiality import HIGHEST
from graph_app.errors import PeyvandError
from graph_app.graph.results import Node, Table

TODAY = date(2025, 12, 5)
LABEL = {"en": "Value", "fa": "مقدار"}
XY = [{"value": "x", "en": "X", "fa": "ایکس"}, {"value": "y", "en": "Y", "fa": "ایگرگ"}]


def read(text, **declared):
    return plain_value("a", Parameter(label=LABEL, **declared), {"a": text}, TODAY)


@pytest.mark.parametrize(
    ("declared", "text", "value"),
    [
        ({"type": "text"}, " سلام ", "سلام"),
        ({"type": "integer"}, "۴۲", 42),
        ({"type": "integer"}, "-7", -7),
        ({"type": "number"}, "۱٫۵", 1.5),
        ({"type": "number"}, "3", 3.0),
        ({"type": "boolean"}, "Yes", True),
        ({"type": "boolean"}, "خیر", False),
        ({"type": "date"}, "1404-09-14", date(2025, 12, 5)),
        ({"type": "date"}, "۱۴۰۴/۹/۱۴", date(2025, 12, 5)),
        ({"type": "date"}, "2025-12-05", date(2025, 12, 5)),
        ({"type": "date"}, "today", TODAY),
        ({"type": "date"}, "امروز", TODAY),
        ({"type": "date"}, "today+30", date(2026, 1, 4)),
        ({"type": "date"}, "today - ۵", date(2025, 11, 30)),
        ({"type": "choice", "values": XY}, "y", "y"),
        ({"type": "choice", "values": "RETURN 1 AS value"}, "anything", "anything"),
        ({"type": "integer", "many": True}, "1, ۲،3,", [1, 2, 3]),
        ({"type": "text", "many": True, "required": False}, "", []),
        ({"type": "text", "required": False}, "  ", None),
    ],
)
def test_a_text_is_read_as_its_type(declared, text, value):
    assert read(text, **declared) == value


@pytest.mark.parametrize(
    ("declared", "text", "problem"),
    [
        ({"type": "text"}, " ", "Fill this in."),
        ({"type": "integer"}, "1.5", "“1.5” is not a whole number."),
        ({"type": "integer"}, "1_000", "“1_000” is not a whole number."),
        ({"type": "integer"}, "9223372036854775808", "“9223372036854775808” is not a whole number."),
        ({"type": "integer", "least": 1, "most": 9}, "0", "It must be at least 1."),
        ({"type": "integer", "least": 1, "most": 9}, "10", "It must be at most 9."),
        ({"type": "number"}, "nan", "“nan” is not a number."),
        ({"type": "number"}, "1e9", "“1e9” is not a number."),
        ({"type": "boolean"}, "maybe", "“maybe” is neither yes nor no."),
        ({"type": "date"}, "1404-12-30", "“1404-12-30” is not a day of the calendar."),
        ({"type": "date"}, "1404", "“1404” is not one day; write its year, month and day."),
        ({"type": "date"}, "soon", "“soon” is not a date such as 1404-09-12, 2025-12-03 or 2013."),
        ({"type": "date"}, "today+99999999", "“today+99999999” is not a date such as 1404-09-12, 2025-12-03 or 2013."),
        ({"type": "choice", "values": XY}, "z", "“z” is not one of the choices: x, y."),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_a_sentence(declared, text, problem):
    with pytest.raises(PeyvandError) as caught:
        read(text, **declared)
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        ("1404", "1404", {"from": date(2025, 3, 21), "to": date(2026, 3, 20)}),
        ("2025-12", "", {"from": date(2025, 12, 1), "to": None}),
        ("", "today", {"from": None, "to": TODAY}),
    ],
)
def test_a_range_takes_whole_years_and_months(first, last, value):
    parameter = Parameter(type="date_range", label=LABEL)
    assert plain_value("a", parameter, {"a.from": first, "a.to": last}, TODAY) == value


def test_a_range_that_ends_before_it_begins_is_refused():
    parameter = Parameter(type="date_range", label=LABEL)
    with pytest.raises(PeyvandError, match="The first day is after the last one"):
        plain_value("a", parameter, {"a.from": "2025", "a.to": "2024"}, TODAY)


MASHHAD = Node(
    "place:mashhad", ("City", "Entity", "Place"), {"id": "place:mashhad", "name_en": "Mashhad", "name_fa": "مشهد"}
)
PARIS = Node("place:1", ("City", "Entity", "Place"), {"id": "place:1", "name_en": "Paris"})
PARIS_TOO = Node("place:2", ("City", "Entity", "Place"), {"id": "place:2", "name_en": "Paris"})
IRAN = Node("place:iran", ("Country", "Entity", "Place"), {"id": "place:iran", "name_en": "Iran"})


class Graph:
    """A store of four places that knows their ids and names, and lists the values of a query."""

    rows, elements, seconds = 1000, 300, 10
    clearance = HIGHEST

    def whole(self):
        return self

    def seen_with(self, _clearance):
        return self

    nodes = (MASHHAD, PARIS, PARIS_TOO, IRAN)

    def __init__(self):
        self.asked = []

    def begin(self, *asked, **limits):
        return lambda: self.table(*asked, **limits)

    def table(self, query, parameters=None, **_limits):
        self.asked.append((query, parameters))
        if "AS value" in query:
            return Table(("value", "en", "fa"), [("in_force", None, None), ("x", "Ex", "ایکس")])
        if "$ways" in query:
            return Table(("node", "ties", "place", "how", "near"), [])
        if "lucene" in query:
            found = [
                (n, 1, None)
                for n in self.nodes
                if parameters["squashed"] and parameters["squashed"] in str(n.properties).lower()
            ]
            return Table(("node", "ties", "place"), found)
        return Table(("e",), [(node,) for node in self.nodes if node.id in parameters["ids"]])


@pytest.fixture
def ask(tmp_path):
    def ask_(params, given, example, names, graph=None):
        file = tmp_path / "one.cypher"
        header = "// title: {en: T, fa: ت}\n// about: {en: A, fa: آ}\n// view: table\n// params:\n"
        declared = "".join(f"//   {line}\n" for line in params)
        file.write_text(f"{header}{declared}// example: {example}\nRETURN {names}", encoding="utf-8")
        return load(file, "a/one").read(graph or Graph(), given, today=TODAY)

    return ask_


CITY = "city: {type: entity, of: [City], label: {en: City, fa: شهر}}"
STATUS = "status: {type: choice, required: no, values: 'MATCH (a:Agreement) RETURN a.status AS value'}"


@pytest.mark.parametrize("text", ["place:mashhad", "Mashhad", "مشهد", "mash had"])
def test_an_entity_is_named_by_id_or_by_its_name(ask, text):
    reading = ask([CITY], {"city": text}, "{city: 'place:x'}", "$city")
    assert reading.values == {"city": "place:mashhad"}
    assert reading.entities == {"city": (MASHHAD,)}


def test_several_entities_are_named_with_commas(ask):
    reading = ask(
        [CITY.replace("entity,", "entity, many: yes,")], {"city": "مشهد، place:1"}, "{city: ['place:x']}", "$city"
    )
    assert reading.values == {"city": ["place:mashhad", "place:1"]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("place:nowhere", "There is no entity with the id “place:nowhere”."),
        ("place:iran", "“place:iran” is not of the type wanted here: City (شهر)."),
        ("Iran", "Nothing of this type is called “Iran”."),
        ("Paris", "“Paris” can mean several; give the id: Paris = place:1; Paris = place:2."),
    ],
)
def test_an_entity_that_cannot_be_told_is_refused(ask, text, problem):
    with pytest.raises(ValuesError) as caught:
        ask([CITY], {"city": text}, "{city: 'place:x'}", "$city")
    assert str(caught.value.problems["city"]) == problem


def test_a_name_that_several_have_offers_them(ask):
    with pytest.raises(ValuesError) as caught:
        ask([CITY], {"city": "Paris"}, "{city: 'place:x'}", "$city")
    problem = caught.value.problems["city"]
    assert isinstance(problem, ManyMeantError)
    assert [hit.node for hit in problem.hits] == [PARIS, PARIS_TOO]


def test_all_problems_are_told_at_once_in_the_readers_language(ask):
    params = [CITY, "most: {type: integer, label: {en: Most, fa: بیشینه}}"]
    with pytest.raises(ValuesError) as caught:
        ask(params, {"most": "x"}, "{city: 'place:x', most: 3}", "$city, $most")
    assert str(caught.value) == "city: Fill this in. most: “x” is not a whole number."
    persian = {"Fill this in.": "این را پر کنید.", "“%(text)s” is not a whole number.": "«%(text)s» عدد صحیح نیست."}
    assert caught.value.translated(persian.__getitem__) == "city: این را پر کنید. most: «x» عدد صحیح نیست."


def test_a_choice_from_a_query_must_be_in_its_answer(ask):
    assert ask([STATUS], {"status": "in_force"}, "{status: z}", "$status").values == {"status": "in_force"}
    with pytest.raises(ValuesError, match="“z” is not one of the choices: in_force, x"):
        ask([STATUS], {"status": "z"}, "{status: z}", "$status")


def test_a_choice_that_is_left_out_is_not_looked_up(ask):
    graph = Graph()
    assert ask([STATUS], {}, "{status: z}", "$status", graph).values == {"status": None}
    assert graph.asked == []


def test_choices_are_named_by_the_query_or_else_by_the_vocabulary(tmp_path):
    file = tmp_path / "one.cypher"
    head = "// title: {en: T, fa: ت}\n// about: {en: A, fa: آ}\n// view: table\n// params:\n"
    file.write_text(f"{head}//   {STATUS}\n// example: {{}}\nRETURN $status", encoding="utf-8")
    choices = load(Path(file), "a/one").choices(Graph(), "status", {})
    assert [(choice.value, choice.en, choice.fa) for choice in choices] == [
        ("in_force", "In force", "معتبر"),
        ("x", "Ex", "ایکس"),
    ]


def test_a_default_stands_in_for_what_is_blank(ask):
    params = ["day: {type: date, default: today, label: {en: Day, fa: روز}}"]
    assert ask(params, {"day": " "}, "{day: 2025-01-01}", "$day").values == {"day": TODAY}
    assert ask(params, {"day": "2013-01-02"}, "{day: 2025-01-01}", "$day").values == {"day": date(2013, 1, 2)}
