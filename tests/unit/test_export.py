"""Answers as files: what a program reads, and what a spreadsheet opens without harm."""

import csv
import io
import json
from datetime import date
from types import SimpleNamespace

import pytest

from graph_app.catalog import Answer
from graph_app.export import csv_text, document
from graph_app.graph.results import Node, Position, Subgraph, Table, Tie

ANN = Node("person:ann", ("Entity", "Person"), {"id": "person:ann", "name_en": "=Ann", "name_fa": "آن"})
BOB = Node("person:bob", ("Entity", "Person"), {"id": "person:bob", "name_en": "Bob"})
CY = Node("person:cy", ("Entity", "Person"), {"id": "person:cy"})
MET = Tie("t1", "SAID", "person:ann", "person:bob", {"certainty": "stated", "source": "source:s", "source_line": 3})


def answer(result, **values):
    return Answer(SimpleNamespace(name="people/met"), values, result, 0.12345)


def read(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def cells(value, language="en"):
    return read(csv_text(answer(Table(("value",), [(value,)])), language))


def test_json_holds_the_question_its_values_and_the_rows():
    table = Table(("who", "on"), [(BOB, date(2025, 12, 5))], cut=True)
    assert document(answer(table, day=date(2025, 1, 1))) == {
        "name": "people/met",
        "parameters": {"day": "2025-01-01"},
        "columns": ["who", "on"],
        "rows": [
            [{"id": "person:bob", "labels": ["Entity", "Person"], "properties": dict(BOB.properties)}, "2025-12-05"]
        ],
        "cut": True,
        "seconds": 0.123,
    }
    assert json.dumps(document(answer(table)))


def test_csv_opens_as_utf8_in_excel_and_ends_lines_as_the_standard_says():
    text = csv_text(answer(Table(("a", "b", "c"), [("پیوند", "x,y\nz", -3)])), "en")
    assert text == '\ufeff"a","b","c"\r\n"پیوند","x,y\nz",-3\r\n'


def test_an_entity_is_its_id_and_its_name_in_the_readers_language():
    assert cells(BOB) == [["value", "value_name"], ["person:bob", "Bob"]]
    assert cells([ANN, BOB], "fa") == [["value", "value_name"], ["person:ann; person:bob", "آن; Bob"]]


def test_a_name_column_never_hides_one_that_the_question_returns():
    table = Table(("who", "who_name"), [(BOB, "mine")])
    assert read(csv_text(answer(table), "en")) == [["who", "who_name"], ["person:bob", "mine"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(start):
    assert cells(f"{start}cmd()")[1] == [f"'{start}cmd()"]


def test_a_text_is_one_cell_and_no_formula_where_spreadsheets_cut_at_semicolons():
    text = csv_text(answer(Table(("a", "b"), [("a;=1+1;b", "x"), ("x", "a;=1+1;b")])), "en")
    first, second = text.splitlines()[1:]
    assert next(csv.reader([first], delimiter=";"))[0].startswith("a;'=1+1;b")
    every = [cell for line in (first, second) for cell in next(csv.reader([line], delimiter=";"))]
    assert not [cell for cell in every if cell.startswith(("=", "+", "-", "@"))]
    assert cells("Tehran; -5 and 1-2=-1")[1] == ["Tehran; -5 and 1-2=-1"]


def test_a_name_that_looks_like_a_formula_is_made_harmless():
    assert cells(ANN)[1] == ["person:ann", "'=Ann"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-5, "-5"),
        (1.5, "1.5"),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (date(2025, 12, 5), "2025-12-05"),
        (Position(35.7, 51.4), "35.7, 51.4"),
        (["a", 1, None], "a; 1; "),
        ({"a": date(2025, 1, 1)}, '{"a": "2025-01-01"}'),
        (MET, "person:ann SAID person:bob"),
    ],
)
def test_other_values_are_plain(value, text):
    assert cells(value)[1] == [text]


def test_a_network_is_one_row_per_tie_then_the_entities_without_any():
    rows = read(csv_text(answer(Subgraph((ANN, BOB, CY), (MET,))), "en"))
    assert rows == [
        ["from", "from_name", "type", "to", "to_name", "sourced", "certainty", "source", "source_line", "quote"],
        ["person:ann", "'=Ann", "SAID", "person:bob", "Bob", "true", "stated", "source:s", "3", ""],
        ["person:cy", "person:cy", "", "", "", "", "", "", "", ""],
    ]
