"""From a file to facts, without a database."""

from datetime import date
from pathlib import Path

import pytest

from graph_app._layout import EXAMPLES
from graph_app.errors import LoadError
from graph_app.graph.results import Position
from loaders.compiling import compile_table
from loaders.facts import Reject, tie_id
from loaders.folding import Claim, fold
from loaders.mapping import MappingFile, fitting, load, shipped
from loaders.plan import Balance
from loaders.reading import read

MAPPING = """
mapping: test
version: 1
about: {en: Test, fa: آزمون}
common:
  source_id: {type: key, required: yes}
  line: integer
  evidence: verbatim
  certainty: {type: word, of: certainties, required: yes}
evidence: {source: source_id, line: line, quote: evidence, certainty: certainty}
references: {place: Place, person: Person}
tables:
  - file: places.csv
    columns:
      place_id: {type: key, required: yes}
      name_fa: {type: name, required: yes}
      kind: {type: word, of: kinds.Place}
      parent: key
      lat: decimal
      lon: decimal
      founded: {type: date, calendar: jalali}
      friends: references
    nodes:
      - as: place
        label: Place
        also: {column: kind, labels: {city: City}}
        id: place_id
        set: {name_fa: name_fa, kind: kind, founded: founded, pilot: "=true"}
        position: [lat, lon]
    ties:
      - {type: WITHIN, from: place, to: "Place:parent", when: parent}
      - {type: POSSIBLY_SAME_AS, from: place, to: "*:friends", when: friends}
"""
HEADER = "place_id,name_fa,kind,parent,lat,lon,founded,friends,source_id,line,evidence,certainty"


@pytest.fixture
def mapping(tmp_path) -> MappingFile:
    path = tmp_path / "test.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return load(path)


@pytest.fixture
def compiled(tmp_path, mapping):
    def compile_(*rows, header=HEADER):
        path = tmp_path / "places.csv"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return list(compile_table(read(path), mapping.by_file["places.csv"], mapping))

    return compile_


def test_a_row_becomes_an_entity_and_its_ties_with_evidence(compiled):
    [facts] = compiled('mashhad,مشهد‌,city,iran,36.3,59.6,XXXX-06-09,place:tus|person:ali,src,۵,"علي، «در مشهد»",stated')
    [entity] = facts.entities
    assert entity.id == "place:mashhad"
    assert entity.labels == {"Entity", "Place", "City"}
    assert entity.properties == {
        "name_fa": "مشهد",
        "kind": "city",
        "founded_written": "XXXX-06-09",
        "pilot": True,
        "position": Position(36.3, 59.6),
    }
    evidence = entity.evidence
    assert (evidence.source, evidence.source_line, evidence.quote) == ("source:src", 5, "علي، «در مشهد»")
    assert (evidence.file.endswith("/places.csv"), evidence.row_line, evidence.certainty) == (True, 2, "stated")
    assert [(tie.type, tie.start, tie.end) for tie in facts.ties] == [
        ("WITHIN", "place:mashhad", "place:iran"),
        ("POSSIBLY_SAME_AS", "place:mashhad", "place:tus"),
        ("POSSIBLY_SAME_AS", "place:mashhad", "person:ali"),
    ]


def test_a_whole_day_has_bounds(compiled):
    [facts] = compiled("a,ا,,,,,1404-09-12,,src,,,stated")
    day = date(2025, 12, 3)
    properties = facts.entities[0].properties
    assert (properties["founded_earliest"], properties["founded_latest"]) == (day, day)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",ا,,,,,,,src,,,stated", "place_id", "value is required"),
        ("a,,,,,,,,src,,,stated", "name_fa", "value is required"),
        ("a b,ا,,,,,,,src,,,stated", "place_id", "is not a key"),
        ("a,ا,town,,,,,,src,,,stated", "kind", "not a known word"),
        ("a,ا,,,north,,,,src,,,stated", "lat", "is not a number"),
        ("a,ا,,,99.0,10.0,,,src,,,stated", "lat", "not a point on the earth"),
        ("a,ا,,,,,1402-12-30,,src,,,stated", "founded", "not a day of the calendar"),
        ("a,ا,,,,,soon,,src,,,stated", "founded", "is not a date"),
        ("a,ا,,,,,,mashhad,src,,,stated", "friends", "not a reference"),
        ("a,ا,,,,,,ship:x,src,,,stated", "friends", "not a kind of thing"),
        ("a,ا,,,,,,,src,five,,stated", "line", "not a whole number"),
        ("a,ا,,,,,,,src,,,sure", "certainty", "not a known word"),
        ("a,ا,,,", "", "has 5 cells, the header 12"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_column_and_reason_and_the_rest_loads(compiled, row, column, reason):
    bad, good = compiled(row, "b,ب,,,,,,,src,,,stated")
    assert isinstance(bad, Reject)
    assert (bad.row.line, bad.column) == (2, column)
    assert reason in str(bad.reason)
    assert good.entities[0].id == "place:b"


def test_lines_are_those_of_the_file_even_after_a_quoted_line_break(compiled):
    _, second = compiled('a,"ا\nب",,,,,,,src,,,stated', "b,ب,,,,,,,src,,,stated")
    assert second.entities[0].evidence.row_line == 4


def test_a_column_that_the_mapping_does_not_list_is_an_error(compiled):
    with pytest.raises(LoadError, match="a column “extra” that the mapping test does not list"):
        compiled("a", header=HEADER + ",extra")


def test_a_column_that_is_missing_is_an_error(compiled):
    with pytest.raises(LoadError, match="has no column “name_fa”"):
        compiled("a", header=HEADER.replace("name_fa,", ""))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\r\n,\r\n", "is empty"),
        ("a,b\nok,1\nKöln,1\n".encode("latin-1"), "line 3 is the first that is not UTF-8"),
        (b"a,b,a\n1,2,3\n", "names the column “a” twice"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, reason):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(LoadError, match=reason):
        read(path)


def test_a_byte_order_mark_and_blank_rows_do_no_harm(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n,\r\n\r\n3,4\r\n")
    export = read(path)
    assert (export.header, [row.cells for row in export.rows], export.blank) == (
        ("a", "b"),
        [("1", "2"), ("3", "4")],
        2,
    )
    assert [row.line for row in export.rows] == [2, 5]


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("label: Place", "label: Placee", "label Placee is not defined"),
        ("type: WITHIN", "type: INSIDE", "type INSIDE is not defined"),
        ("id: place_id", "id: place", "column place is not defined"),
        ('to: "Place:parent"', 'to: "Place:mother"', "column mother is not defined"),
        ("set: {name_fa: name_fa", "set: {quote: name_fa", "reserved property"),
        ("lat: decimal", "lat: number", "Input should be"),
        ("version: 1", "version: 1\nspeed: 3", "Extra inputs"),
    ],
)
def test_a_mapping_with_a_typing_error_is_refused_with_its_place(tmp_path, wrong, right, reason):
    path = tmp_path / "test.yaml"
    assert wrong in MAPPING
    path.write_text(MAPPING.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(LoadError, match=reason):
        load(path)


def test_the_mapping_that_fits_the_files_is_found():
    known = shipped()
    for name in ("founding", "world"):
        assert fitting([path.name for path in (EXAMPLES / name).glob("*.csv")], known).mapping == name
    assert fitting(["places.csv"], known).mapping == "founding"
    for files in ([], ["sources.csv"], ["places.csv", "links.csv"]):
        with pytest.raises(LoadError, match="there are: demo, edits, founding, portfolio, world"):
            fitting(files, known)


@pytest.mark.parametrize("name", ["founding", "world"])
def test_every_row_of_the_examples_compiles(name):
    mapping = next(one for one in shipped() if one.mapping == name)
    for table in mapping.tables:
        results = list(compile_table(read(EXAMPLES / name / table.file), table, mapping))
        assert results
        assert not [str(result.reason) for result in results if isinstance(result, Reject)]


def test_shipped_mappings_stand_in_the_package():
    assert {path.stem for path in Path(load.__code__.co_filename).with_name("mappings").glob("*.yaml")} >= {
        "founding",
        "world",
    }


def claim(source, certainty, day, **properties):
    return Claim(source, "m", frozenset({"Entity", "Place"}), properties, {"certainty": certainty}, day)


def test_the_surest_claim_wins_then_the_newest_and_the_others_stay_on_their_sources():
    old, new = date(2020, 1, 1), date(2025, 1, 1)
    claims = [
        claim("source:a", "stated", old, name_en="Old", aliases=["x"]),
        claim("source:b", "reported", new, name_en="Rumour", aliases=["y", "x"]),
        claim("source:c", "stated", new, name_en="New"),
    ]
    for order in (claims, claims[::-1]):
        found = fold("place:p", order)
        assert (found.properties["name_en"], found.properties["aliases"]) == ("New", ["x", "y"])
        kept = {source: properties.get("name_en") for _, source, properties in found.evidence}
        assert kept == {"source:a": "Old", "source:b": "Rumour", "source:c": None}
        assert found.properties["search"] == "new x y"


def test_the_id_of_a_tie_depends_on_all_that_makes_it_one_claim():
    parts = ("WITHIN", "place:a", "place:b", "", "source:s")
    ids = {tie_id(*parts)} | {tie_id(*parts[:i], "other", *parts[i + 1 :]) for i in range(5)}
    assert len(ids) == 6


def test_the_id_of_a_tie_tells_its_type():
    assert tie_id("PART_OF", "institution:a", "institution:b", "", "source:s").startswith("part_of:")


def test_a_balance_adds_up_only_if_no_row_is_lost():
    assert Balance(7, 1, 1, 1, 1, 1, 1, 1).adds_up
    assert not Balance(8, 1, 1, 1, 1, 1, 1, 1).adds_up
