"""Values of the graph as cells: what is exported is read again to the letter, and by whom it was claimed stays said."""

import csv
import math
from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.backup.claims import Place as In
from graph_app.backup.claims import Row, outlined, rows_of
from graph_app.backup.sheets import MAPPING, Files, Sheet, mapping_of, sheets_of
from graph_app.errors import LoadError
from graph_app.graph.results import Position
from loaders.compiling import compile_table
from loaders.exact import ExactError, cell_of, kind_of, value_of
from loaders.facts import Reject
from loaders.mapping import load
from loaders.planning import read_exports
from loaders.reading import Guidance
from loaders.reading import read as read_file

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.one_of(
    TEXTS,
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.times(),
    st.lists(st.one_of(TEXTS, st.integers(), st.floats(allow_nan=False), st.dates())).map(tuple),
    st.builds(Position, st.floats(-90, 90), st.floats(-180, 180)),
)
EXACT = Guidance("utf-8", ",", exact=True)


@given(VALUES)
def test_a_value_comes_back_with_its_type(item):
    cell = cell_of(item)
    found = value_of(cell, kind_of(item))
    assert (found, type(found)) == (item, type(item))
    assert cell
    if isinstance(item, str):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_what_is_no_value_and_what_is_none_of_its_kind_are_told():
    assert value_of("", "text") is None
    assert value_of("'", "text") == ""
    assert math.isnan(value_of(cell_of(math.nan), "decimal"))
    wrong = {"integer": "1.5", "decimal": "1,5", "boolean": "yes", "date": "1404-13-01", "point": "[1]", "list": '"a"'}
    for kind, cell in {**wrong, "time": "noon", "datetime": "x"}.items():
        with pytest.raises(ExactError, match="not a value"):
            value_of(cell, kind)
    with pytest.raises(ExactError, match="bytes"):
        cell_of(b"x")


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5), st.booleans())
def test_a_file_that_a_program_wrote_is_taken_to_the_letter(tmp_path_factory, rows, mark):
    path = tmp_path_factory.mktemp("exact") / "x.csv"
    kept = [["id", *row] for row in rows]
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as stream:
        csv.writer(stream).writerows([["key", "name", "more"], *kept])
    assert [list(row.cells) for row in read_file(path, EXACT).rows if not row.fault] == kept


def test_nothing_is_repaired_in_it_and_lines_in_a_cell_are_no_rows(tmp_path):
    path = tmp_path / "x.csv"
    cells = ["k", "ط¯ط§ظ†ط´", "1,2,3\n" * 1200 + '"4",5,6\0']
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["key", "name", "more"], cells, ["next", "", ""]])
    first, second = read_file(path, EXACT).rows
    assert (list(first.cells), first.fault) == (cells, None)
    assert (second.line, second.cells) == (1203, ("next", "", ""))
    path.write_text('key,name,more\n"a,b,c\nd,e,f\n', encoding="utf-8")
    [row] = read_file(path, EXACT).rows
    assert "quotation mark" in str(row.fault.reason)


ENTITY = {
    "id": "place:new",
    "labels": ["Entity", "Place", "City"],
    "properties": {
        "id": "place:new",
        "name_en": " =Mashhad\n",
        "level": 2,
        "name": "",
        "merged_ids": ["place:old"],
        "aliases": ["Meshed"],
    },
    "ties": [
        ["EVIDENCED_BY", "source:s", {"id": "e1", "properties": ["name_en", "level", "name"], "mapping": "founding"}],
        [
            "SET_ASIDE",
            "source:t",
            {
                "id": "e2",
                "type": "EVIDENCED_BY",
                "rank": "deprecated",
                "rank_reason": "absent",
                "properties": ["name_en", "level"],
                "differs": ["level", "name_en"],
                "name_en": "Meshed",
                "level": "high",
                "original_name_en": "Meshed ",
                "merged_from": "place:old",
                "mapping": "world",
                "reported_on": date(2024, 2, 29),
            },
        ],
        [
            "PARTY_TO",
            "agreement:x",
            {
                "id": "party_to:1",
                "source": "source:s",
                "mapping": "edits",
                "role": "",
                "secret": True,
                "merged_start": "place:old",
            },
        ],
        ["WITHIN", "place:by-hand", {}],
    ],
}
SAID = {"certainty": "stated", "file": "founding/places.csv", "row_line": 7, "quote": "'x"}
for _, _, tie in ENTITY["ties"][:3]:
    tie.update(SAID)


@pytest.fixture
def exported(tmp_path):
    """The mapping and the tables of one entity with its ties, read again."""
    outline = outlined([ENTITY])
    sheets = sheets_of(outline)
    (tmp_path / MAPPING).write_text(mapping_of(sheets), encoding="utf-8")
    with Files(tmp_path, sheets, mark=True) as files:
        for row in rows_of(ENTITY, outline.unsourced):
            files.write(row)
    mapping = load(tmp_path / MAPPING)
    exports = read_exports(sorted(tmp_path.glob("*.csv")), mapping)
    found = [one for table in mapping.tables for one in compile_table(exports[table.file], table, mapping)]
    return outline, mapping, found


def test_claims_are_read_as_they_were_made(exported):
    outline, mapping, (own, merged, tie) = exported
    assert (outline.by_hand, dict(outline.rows)) == (1, {"entities-Place": 2, "ties-PARTY_TO": 1})
    assert not mapping.remember
    [said] = own.entities
    assert (said.id, said.into, said.labels) == ("place:new", None, {"Entity", "Place", "City"})
    assert said.properties == {"name_en": " =Mashhad\n", "level": 2, "name": ""}
    assert said.evidence.properties == {**SAID, "mapping": "founding"}
    [other] = merged.entities
    assert (other.id, other.into, other.evidence.source) == ("place:old", "place:new", "source:t")
    assert other.properties == {"name_en": "Meshed", "level": "high"}
    aside = {"rank": "deprecated", "rank_reason": "absent", "original_name_en": "Meshed "}
    assert other.evidence.properties == {**SAID, **aside, "mapping": "world"}
    published = {"source:s": date(2000, 1, 1), "source:t": date(2000, 1, 1)}
    assert (said.evidence.day(published), other.evidence.day(published)) == (None, date(2024, 2, 29))
    [claim] = tie.ties
    assert (claim.id, claim.type, claim.start, claim.end) == ("party_to:1", "PARTY_TO", "place:old", "agreement:x")
    assert claim.properties == {"role": "", "secret": True}
    assert claim.evidence.mapping == "edits"


def test_an_id_of_another_kind_is_rejected(exported, tmp_path):
    _, mapping, _ = exported
    path = tmp_path / "entities-Place.csv"
    path.write_bytes(path.read_bytes().replace(b"place:new,", b"person:new,", 1))
    [export] = read_exports([path], mapping).values()
    rejected = next(compile_table(export, mapping.tables[0], mapping))
    assert isinstance(rejected, Reject)
    assert (rejected.column, rejected.value) == ("id", "person:new")


@pytest.mark.usefixtures("exported")
def test_names_that_no_column_has_and_options_of_other_types_are_refused(tmp_path):
    text = (tmp_path / MAPPING).read_text(encoding="utf-8")
    further, into = (
        ("original_name_en:\n      - original", "x:\n      - nothing"),
        ("into: merged_into", "into: nothing"),
    )
    for old, new in (further, into):
        assert old in text
        (tmp_path / "wrong.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(LoadError, match="nothing"):
            load(tmp_path / "wrong.yaml")
    (tmp_path / "wrong.yaml").write_text(text.replace("type: exact", "{type: text, as: list}", 1), encoding="utf-8")
    with pytest.raises(LoadError):
        load(tmp_path / "wrong.yaml")


def test_a_property_of_several_kinds_or_of_the_name_of_a_column_has_headings_of_its_own():
    of_size = {In("value", "size", "text"), In("value", "size", "integer")}
    places = {In("own", "id", "text"), In("value", "id", "text"), *of_size}
    sheet = Sheet("entities-Place", places)
    found = [sheet.headings[place] for place in sheet.places]
    assert found[:4] == ["id", "id (text)", "size", "size (text)"]
    row = Row("entities-Place", {In("own", "id", "text"): "place:x", In("value", "size", "integer"): 0})
    assert sheet.cells(row)[:4] == ["place:x", "", "0", ""]
    assert sheet.rule["nodes"][0]["set"]["size"] == ["size", "size (text)"]


def test_a_claim_that_no_load_can_have_made_is_counted_and_left_out():
    told = {"id": "party_to:2", "source": "source:s", "mapping": "x", "certainty": "stated"}
    for wrong in ({"credibility": "high"}, {"rank": "deprecated"}, {"id": None}, {"source": None}):
        ties = [*ENTITY["ties"][:1], ["PARTY_TO", "agreement:x", {**told, **wrong}]]
        found = outlined([{**ENTITY, "ties": ties}])
        assert (found.by_hand, dict(found.rows)) == (1, {"entities-Place": 1})
