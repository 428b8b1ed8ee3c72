"""Cells as values, and what a mapping can say about its columns and files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph_app.errors import LoadError, PeyvandError
from loaders.column_rules import Column
from loaders.columns import value
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.mapping import load
from loaders.reading import Guidance, read


def column(**said) -> Column:
    return Column.model_validate(said)


@pytest.mark.parametrize(
    ("kind", "cell", "found"),
    [
        ("integer", "۱۲٬۳۴۵", 12345),
        ("integer", "١٢٣", 123),
        ("integer", "1,234,567", 1234567),
        ("integer", "1 234", 1234),
        ("integer", "12.0", 12),
        ("integer", "−۵", -5),
        ("decimal", "۳۶٫۳", 36.3),
        ("decimal", "36,35", 36.35),
        ("decimal", "1.234,5", 1234.5),
        ("decimal", "1,234.5", 1234.5),
        ("decimal", "1,234,567", 1234567.0),
        ("decimal", "۱٬۲۳۴", 1234.0),
        ("decimal", "-0.5", -0.5),
        ("boolean", "بلی", True),
        ("boolean", "ندارد", False),
        ("boolean", "YES", True),
        ("boolean", "۰", False),
        ("boolean", "✓", True),
        ("names", "علي|علی | رضا", ("علی", "رضا")),
    ],
)
def test_a_cell_is_read_in_any_script(kind, cell, found):
    assert value(cell, column(type=kind)) == found


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        *(("integer", cell) for cell in ("1_000", "12,34", "1.234", "five", "1e3", "12 %", "5-", "--5", "1,2,3")),
        *(("decimal", cell) for cell in ("nan", "inf", "1e5", "1_0.5", "1.2.3", "1,23,4", ".", "12 USD", "1,234")),
        *(("boolean", cell) for cell in ("شاید", "2", "x")),
    ],
)
def test_what_is_not_certainly_a_value_is_refused(kind, cell):
    with pytest.raises(PeyvandError):
        value(cell, column(type=kind))


def test_a_comma_that_can_mean_two_things_is_what_the_mapping_says():
    with pytest.raises(PeyvandError) as caught:
        value("1,234", column(type="decimal"))
    assert "decimal: ," in caught.value.hint
    assert value("1,234", column(type="decimal", decimal=",")) == 1.234
    assert value("1,234", column(type="decimal", decimal=".")) == 1234.0


@given(
    st.integers(-(10**12), 10**12), st.sampled_from(["٬", ",", " ", ""]), st.sampled_from(["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"])
)
def test_an_integer_is_read_in_all_digits_and_groups(number, group, digits):
    written = f"{number:,}".replace(",", group).translate(str.maketrans("0123456789", digits))
    assert value(written, column(type="integer")) == number


@given(st.decimals(-(10**6), 10**6, places=2), st.sampled_from([".", "٫", ","]))
def test_a_decimal_is_read_with_all_marks(number, mark):
    assert value(str(number).replace(".", mark), column(type="decimal")) == float(number)


def test_words_of_the_file_stand_for_words_of_the_vocabulary_in_any_spelling():
    kinds = column(type="enum", of="kinds.Agreement", values={"خواهرخواندگی": "sister_city", "تفاهم‌نامه": "mou"})
    assert value("تفاهم نامه", kinds) == value("تفاهمنامه", kinds) == value("mou", kinds) == "mou"
    assert value("خواهرخواندگي", kinds) == "sister_city"
    with pytest.raises(PeyvandError, match="not among the words") as caught:
        value("تفاهمنامهه", kinds)
    assert "تفاهم‌نامه" in caught.value.translated_hint(str)


def test_words_for_nothing_are_empty_cells():
    signed = column(type="date", nulls=["-", "نامشخص", "0000-00-00"])
    assert {value(cell, signed) for cell in ("-", "نا‌مشخص".replace("\u200c", ""), "0000-00-00", "")} == {None}
    with pytest.raises(PeyvandError, match="a value is required"):
        value("-", column(type="text", nulls="-", required=True))


@pytest.mark.parametrize(
    ("said", "inside", "outside"),
    [
        ({"type": "date", "range": ["1300", "today"]}, ["1300", "1402-01-01", "2010"], ["1299-12-29", "1499-01-01"]),
        ({"type": "integer", "range": ["1", "10"]}, ["1", "۱۰"], ["0", "11"]),
        ({"type": "decimal", "range": ["", "90"]}, ["-500", "90"], ["90.1"]),
    ],
)
def test_what_is_outside_the_range_is_refused(said, inside, outside):
    for cell in inside:
        assert value(cell, column(**said)) is not None
    for cell in outside:
        with pytest.raises(PeyvandError, match="outside the range"):
            value(cell, column(**said))


def test_a_jalali_year_in_a_gregorian_column_is_refused_unless_a_range_allows_it():
    with pytest.raises(PeyvandError, match="looks like a Jalali date"):
        value("1404-01-01", column(type="date", calendar="gregorian"))
    assert value("1404-01-01", column(type="date", calendar="gregorian", range=["1000", "today"])).year == 1404


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"type": "text", "calendar": "jalali"}, "a column of type text has no calendar"),
        ({"type": "enum"}, "needs its words"),
        ({"type": "enum", "values": {"الف": "nothing"}, "of": "kinds.Agreement"}, "nothing is not in kinds.Agreement"),
        ({"type": "enum", "values": {"تفاهم‌نامه": "a", "تفاهم نامه": "b"}}, "stands for a and for b"),
        ({"type": "date", "range": ["soon", ""]}, "is not a date"),
        ({"type": "key", "required": True, "optional": True}, "required or optional"),
        ({"type": "lookup", "table": "away.yaml"}, "no lookup table away.yaml"),
    ],
)
def test_a_column_that_is_said_wrongly_is_refused(said, reason):
    with pytest.raises(ValidationError, match=reason):
        column(**said)


MAPPING = """
mapping: offices
version: 1
about: {en: Test, fa: آزمون}
read: {nulls: ["-", نامشخص]}
common:
  source_id: {type: key, required: yes, header: [منبع, Source]}
evidence: {source: source_id}
tables:
  - file: places.csv
    read: {delimiter: ";"}
    columns:
      place_id: {type: key, required: yes, header: شناسه}
      name: {type: name, required: yes, header: [نام شهر, City name]}
      country: {type: lookup, table: lookups/countries.LOOKUP}
      founded: {type: date, optional: yes, header: تأسیس}
    nodes:
      - {as: place, label: Place, id: place_id, set: {name_fa: name, iso_country: country, founded: founded}}
"""


@pytest.fixture(params=["yaml", "csv"])
def mapping(tmp_path, request):
    (tmp_path / "lookups").mkdir()
    (tmp_path / "lookups" / "countries.yaml").write_text("IR: [ایران, Iran]\nPK: [پاکستان]\n", encoding="utf-8")
    (tmp_path / "lookups" / "countries.csv").write_text("name,code\nایران,IR\nIran,IR\nپاکستان,PK\n", encoding="utf-8")
    path = tmp_path / "offices.yaml"
    path.write_text(MAPPING.replace("LOOKUP", request.param), encoding="utf-8")
    return load(path)


@pytest.fixture
def compiled(tmp_path, mapping):
    def make(text, name="places.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        table = mapping.table_of(name)
        return list(compile_table(read(path, mapping.guidance(table, Guidance())), table, mapping))

    return make


def test_a_file_may_name_its_columns_as_the_mapping_lists_and_order_them_freely(compiled):
    [facts, reject] = compiled("کشور؟\nSOURCE;نام‌شهر;country;شناسه\ns;مشهد;ایران;a\ns;لاهور;هند;b\n")
    assert facts.entities[0].id == "place:a"
    assert facts.entities[0].properties == {"name_fa": "مشهد", "iso_country": "IR"}
    assert isinstance(reject, Reject)
    assert (reject.row.line, reject.column, reject.value) == (4, "country", "هند")


def test_the_column_of_a_reject_is_named_as_in_its_file(compiled):
    [reject] = compiled("منبع;نام شهر;country;شناسه\ns;-;ایران;a\n")
    assert (reject.column, str(reject.reason)) == ("نام شهر", "The cell is empty; a value is required.")


def test_the_same_table_comes_as_tsv_or_workbook_too(mapping):
    assert mapping.table_of("places.xlsx") is mapping.table_of("places.TSV") is mapping.table_of("places.csv")
    assert mapping.table_of("book.XLSX (places)") is mapping.table_of("places.csv")
    assert mapping.table_of("book.xlsx (other)") is mapping.table_of("book (places)") is None
    assert mapping.table_of("places.pdf") is mapping.table_of("other.csv") is None


def test_a_column_with_a_typing_error_is_told_what_it_may_be(compiled):
    with pytest.raises(LoadError, match="“کشورر” that the mapping offices does not list"):
        compiled("منبع;نام شهر;country;شناسه;کشورر\ns;ا;ایران;a;b\n")
    with pytest.raises(LoadError, match="Did you mean “name”"):
        compiled("منبع;نامم شهر;country;شناسه\ns;ا;ایران;a\n")
    with pytest.raises(LoadError, match="second name of the column “name”"):
        compiled("منبع;نام شهر;country;شناسه;City name\ns;ا;ایران;a;b\n")


def test_two_columns_of_a_mapping_with_one_name_are_refused(tmp_path):
    path = tmp_path / "offices.yaml"
    text = MAPPING.replace("{type: lookup, table: lookups/countries.LOOKUP}", "text")
    path.write_text(text.replace("header: شناسه", "header: [نام‌شهر]"), encoding="utf-8")
    with pytest.raises(LoadError, match="two columns have the name نامشهر"):
        load(path)
