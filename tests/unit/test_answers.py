"""Answers kept, put in order, added up, and told as other things than tables."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import openpyxl
import pytest

from graph_app.catalog import Answer
from graph_app.catalog.arranging import arranged, totals
from graph_app.catalog.header import Header
from graph_app.catalog.kept import Keep, Kept
from graph_app.catalog.parameters import Parameter, Words
from graph_app.export.sheet import page
from graph_app.export.texts import csv_pieces, json_document, ndjson_pieces
from graph_app.export.workbook import workbook
from graph_app.figures import shape
from graph_app.figures.chart import chart, line, svg
from graph_app.figures.matrix import matrix
from graph_app.figures.sites import sites
from graph_app.figures.timeline import timeline
from graph_app.graph.results import Node, Position, Table, Tie, as_json
from graph_app.graph.written import json_bytes

WORDS = {"en": "T", "fa": "ت"}
HEADER = Header(title=WORDS, about=WORDS, view="table", columns={"who": {"en": "Who", "fa": "چه کسی"}})


def node(name, fa="", label="Person", **more):
    id_ = f"{label.lower()}:{name}"
    return Node(id_, ("Entity", label), {"id": id_, "name_en": name, "name_fa": fa or name, **more})


ANN, BOB = node("ann", "پری"), node("bob", "بابک")
QOM = node("qom", label="City", position=Position(34.64, 50.88))
PULA = node("pula", label="City", position=Position(44.87, 13.85))


def answer(columns, rows, **more):
    question = SimpleNamespace(name="people/met", header=HEADER, parameters={})
    return Answer(question, {}, Table(columns, rows, **more), 0.5)


def test_rows_stand_in_the_order_of_a_column_with_what_is_missing_last():
    rows = [(3,), (None,), (20,), (1,)]
    assert [row[0] for row in arranged(rows, column=0)] == [1, 3, 20, None]
    assert [row[0] for row in arranged(rows, column=0, descending=True)] == [20, 3, 1, None]


def test_names_stand_in_the_order_of_the_alphabet_of_the_reader():
    names = ["ی", "گ", "ک", "پ", "ت", "ب", "چ"]
    assert [row[0] for row in arranged([(name,) for name in names], column=0)] == ["ب", "پ", "ت", "چ", "ک", "گ", "ی"]
    assert arranged([(ANN,), (BOB,)], column=0, language="fa") == [(BOB,), (ANN,)]


def test_rows_are_found_by_words_of_either_language_in_any_spelling():
    rows = [(ANN, "in_force"), (BOB, "ended")]
    assert arranged(rows, text="پري") == [(ANN, "in_force")]
    assert arranged(rows, text="BOB ended") == [(BOB, "ended")]
    assert arranged(rows, text="In force") == [(ANN, "in_force")]


def test_only_columns_of_several_numbers_are_added_up():
    assert totals([(1, "a", True, 1.5), (2, "b", False, None)], 4) == [3, None, None, None]


def test_what_was_kept_is_found_until_it_is_old_or_others_need_its_place():
    keep = Keep(values=4)
    for key in ("a", "b", "c"):
        keep.keep(Kept(key, answer(("x", "y"), [(1, 2)]), "mark"))
    assert [keep.find(key) is not None for key in ("a", "b", "c")] == [False, True, True]
    keep.keep(Kept("large", answer(("x",), [(1,)] * 5), "mark"))
    assert keep.find("large") is None
    keep.keep(Kept("entities", answer(("x",), [(QOM,), ([QOM],)]), "mark"))
    assert keep.find("entities") is None  # two cells, but eight values and more
    assert Keep(seconds=-1).find("a") is None
    old = Keep(seconds=-1)
    old.keep(Kept("a", answer(("x",), [(1,)])))
    assert old.find("a") is None


def test_what_is_renewed_or_too_old_takes_no_place_from_others():
    keep, old = Keep(values=4), Keep(values=4, seconds=-1)
    for key in ("a", "b", "b", "b"):
        keep.keep(Kept(key, answer(("x", "y"), [(1, 2)])))
        old.keep(Kept(key, answer(("x", "y"), [(1, 2)])))
        old.find(key)
    assert keep.find("a")
    assert keep._held == 4
    assert old._held == 0


def test_long_answers_are_written_piece_by_piece_and_are_the_same_as_whole_ones():
    rows = [(BOB, number) for number in range(5)]
    whole = "".join(csv_pieces(("who", "n"), [rows], "en"))
    assert "".join(csv_pieces(("who", "n"), [rows[:2], rows[2:]], "en")) == whole
    assert whole.startswith("\ufeff")
    assert "".join(csv_pieces(("n",), [], "en", mark=False)) == '"n"\r\n'
    assert "".join(ndjson_pieces(("at", "on"), [[(Position(1.0, 2.0), date(2025, 1, 2))]])) == (
        '{"at":{"latitude":1.0,"longitude":2.0},"on":"2025-01-02"}\n'
    )


def test_json_has_positions_by_name_wherever_they_stand():
    text = json_document(answer(("place", "at", "list"), [(QOM, Position(1.0, 2.0), [Position(3.0, 4.0)])]))
    assert text.count(b'"latitude"') == 3


@pytest.mark.parametrize(
    "value",
    [
        [QOM, {"at": Position(1.0, 2.0), "days": [date(2025, 1, 2), datetime(2025, 1, 2, 3, 4, tzinfo=UTC)]}],
        [
            Tie("t", "IN", "a", "b", {"since": date(622, 7, 16), "at": [Position(1.5, 2.0)]}),
            None,
            True,
            2**63 - 1,
            "ي‌ک",
        ],
        [time(3, 4, tzinfo=UTC), 2**70, "\ud800"],
    ],
)
def test_json_is_written_as_the_plain_way_would_write_it(value):
    assert json.loads(json_bytes(value)) == json.loads(json.dumps(as_json(value)))


def test_a_workbook_has_numbers_and_days_as_such_and_reads_from_the_right_in_persian():
    found = answer(("who", "n", "on", "text"), [(ANN, 3, date(2025, 12, 5), "=1+1")], cut=True)
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, "fa")))
    rows, about = book.worksheets
    assert rows.sheet_view.rightToLeft
    assert [cell.value for cell in rows[1]][:2] == ["چه کسی", "چه کسی (شناسه)"]
    assert [cell.value for cell in rows[2]][:3] == ["پری", "person:ann", 3]
    assert rows["D2"].value.date() == date(2025, 12, 5)
    assert (rows["E2"].value, rows["E2"].data_type) == ("=1+1", "s")
    assert rows.auto_filter.ref == "A1:E2"
    assert "کوتاه" in about["A3"].value


def test_a_workbook_says_what_was_asked_with_days_as_days():
    header = SimpleNamespace(title=Words(en="Q", fa="پ"), about=Words(en="A", fa="د"), columns={}, view="table")
    day = Parameter(type="date", label=Words(en="On", fa="در"))
    question = SimpleNamespace(name="a/b", header=header, parameters={"on": day})
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(Answer(question, {"on": date(2025, 12, 5)}, Table(("n",), []), 0.1), "en"))
    )
    assert book.worksheets[1]["B3"].value.date() == date(2025, 12, 5)
    assert book.worksheets[0].auto_filter.ref is None


def test_a_page_to_keep_shows_text_as_text_and_lets_nothing_run():
    spy = node("<script>")
    text = page(answer(("who",), [(spy,)]), "en", SimpleNamespace(date=lambda: date(2025, 1, 1)))
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "default-src &#39;none&#39;" in text


def test_an_answer_offers_the_views_that_its_columns_allow():
    rows = [(ANN, 3, "2025-01-02"), (BOB, 4, "1404-02"), (ANN, 5, None)]
    found = shape(Table(("who", "n", "on"), rows))
    assert found.kinds == ("name", "number", "day")
    assert found.views == ["network", "chart", "timeline"]
    assert shape(Table(("who",), [])).views == []
    assert shape(Table(("n", "m", "who"), [(1, 2, ANN)]), ["m"]).first("number") == 1


def test_a_chart_adds_up_each_name_and_is_a_line_over_days():
    bars = chart(shape(Table(("who", "n"), [(ANN, 3), (BOB, 4), (ANN, 5)])))
    assert [(name.id, value) for name, value in bars.points] == [("person:ann", 8), ("person:bob", 4)]
    drawn = svg([("<a>", 2.0), ("b", -1.0)], str, title="T", rtl=True)
    assert drawn.count("<rect") == 2
    assert "&lt;a&gt;" in drawn
    over = chart(shape(Table(("on", "n"), [("2025-02", 1), ("2025-01-05", 2)])))
    assert (over.over_time, over.points) == (True, ((date(2025, 1, 5), 2), (date(2025, 2, 1), 1)))
    assert line(over.points, str, str, title="T", rtl=False).count("<circle") == 2


def test_a_timeline_has_the_dated_rows_in_order_and_counts_the_others():
    found = timeline(shape(Table(("on", "what"), [("2025", "b"), (None, "c"), ("1400-01-01", "a")])))
    assert [moment.row[1] for moment in found.moments] == ["a", "b"]
    assert found.undated == 1
    assert [year for year, _ in found.years(lambda day: str(day.year))] == ["2021", "2025"]


def test_a_matrix_counts_or_adds_up():
    rows = [(ANN, "a", 2), (ANN, "a", 3), (BOB, "b", 1)]
    found = matrix(shape(Table(("who", "what", "n"), rows)))
    assert dict(found.cells) == {("person:ann", "a"): 5, ("person:bob", "b"): 1}
    assert [found.level(value) for value in (0, 1, 5)] == [0, 1, 5]
    counted = matrix(shape(Table(("who", "what"), [row[:2] for row in rows])))
    assert counted.cells["person:ann", "a"] == 2


def test_a_map_joins_the_places_of_a_row():
    found = sites(shape(Table(("a", "b"), [(QOM, PULA), (PULA, None), (node("x", label="City"), ANN)])))
    assert found.rows == {"city:qom": 1, "city:pula": 2}
    assert found.pairs == {("city:pula", "city:qom"): 1}
    assert found.lacking == 1


@pytest.mark.parametrize("elements", [1, 2])
def test_a_kept_answer_is_drawn_without_being_asked_again(elements):
    found = replace(answer(("who",), [([ANN, BOB],)])).drawn(elements)
    assert (len(found.result.nodes), found.cut) == (elements, elements == 1)
