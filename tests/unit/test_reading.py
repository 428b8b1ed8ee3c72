"""Files as they come: in any encoding, with any delimiter, and with what people and programs do to them."""

import csv
import io
import tracemalloc
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from graph_app.errors import LoadError
from graph_app.text import squash
from loaders.reading import Guidance, read
from loaders.reading.mojibake import repaired

PERSIAN = [
    ["شناسه", "نام شهر", "توضیح"],
    ["1", "مشهد", "شهر خواهرخوانده، در خراسان"],
    ["2", "لاهور", "پاکستان (پنجاب)"],
]
ENGLISH = [["id", "name", "note"], *[[str(n), f"City {n}", "A sister city; since 1999"] for n in range(40)]]
ENGLISH[17] = ["17", "شهر ري", "کنار تهران"]
ONE_ROW = [["نام", "کشور"], ["تبريز", "ايران"]]


def cp1256(text: str) -> str:
    """The text as it can stand in Windows-1256, which has neither a Persian ye nor Persian digits."""
    return text.replace("ی", "ي").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))


def written(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\r\n"):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return stream.getvalue()


@pytest.fixture
def export(tmp_path):
    def make(content, name="file.csv", **guidance):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, Guidance(**guidance))

    return make


def cells(export):
    return [row.cells for row in export.rows if not row.fault]


CODECS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1256": "Windows-1256",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}
TABLES = {"persian": PERSIAN, "english": ENGLISH, "one-row": ONE_ROW, "long": [PERSIAN[0], *PERSIAN[1:] * 500]}


@pytest.mark.parametrize(("codec", "table"), list(product(CODECS, TABLES)))  # 28 cases
def test_the_encoding_is_found_and_told(export, codec, table):
    rows = [[cp1256(cell) for cell in row] for row in TABLES[table]]
    found = export(written(rows).encode(codec))
    assert [found.header, *cells(found)] == list(map(tuple, rows))
    told = found.reading.encoding
    assert told.name == CODECS[codec]
    assert 50 <= told.certainty <= 100
    assert str(told.reason.translated(str))


def test_ascii_is_utf_8_and_certain(export):
    assert export("a,b\n1,2\n").reading.encoding.certainty == 100


def test_a_file_with_few_damaged_bytes_loses_only_their_rows(export):
    content = bytearray(written([PERSIAN[0], *PERSIAN[1:] * 200]).encode())
    at = content.index("لاهور".encode(), len(content) // 2)
    content[at] = 0xFF
    found = export(bytes(content))
    rows = list(found.rows)
    bad = [row for row in rows if row.fault]
    line = bytes(content[:at]).count(b"\n") + 1
    assert [(row.line, row.fault.place, str(row.fault.reason)) for row in bad] == [
        (line, 1, "Bytes are damaged here; letters are lost.")
    ]
    assert len(rows) == 400
    assert "\ufffd" in bad[0].cells[1]
    assert "rows of the others are rejected" in found.reading.encoding.reason.translated(str)


def test_a_utf_16_file_that_was_cut_off_loses_only_its_last_row(export):
    found = export(written(PERSIAN).encode("utf-16-le")[:-5])
    assert [bool(row.fault) for row in found.rows] == [False, True]


@pytest.mark.parametrize("codec", ["latin-1", "iso8859-9", "cp1250"])
def test_western_text_is_no_windows_1256_and_is_asked_for(export, codec):
    text = "name,country\nKöln,Österreich\nJäger,Düsseldorf\nStraße,Ängelholm\n"
    with pytest.raises(LoadError, match=r"line 2 is the first that is not UTF-8.*--encoding"):
        export(text.encode(codec))


def test_the_encoding_that_is_said_is_taken(export):
    found = export("name\nKöln\n".encode("latin-1"), encoding="latin-1")
    assert cells(found) == [("Köln",)]
    assert found.reading.encoding.reason.translated(str) == "the mapping or the command says so"


def test_a_wrong_encoding_that_is_said_rejects_rows_and_an_unknown_one_is_an_error(export):
    found = export("name\nشهر\nok\n".encode("cp1256"), encoding="utf-8")
    assert [bool(row.fault) for row in found.rows] == [True, False]
    for name in ("utf-9", "rot13"):
        with pytest.raises(LoadError, match="is no encoding"):
            export("a\n1\n", encoding=name)
    with pytest.raises(LoadError, match="header in line 1 cannot be read as utf"):
        export("شهر,ب\nok,1\n".encode("cp1256"), encoding="utf-8")


def garbled(text):
    return text.encode().decode("cp1256")


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("دانشگاه".encode().decode("cp1256"), "دانشگاه"),
        ("شهرداری مشهد، «۱۴۰۴»".encode().decode("cp1256"), "شهرداری مشهد، «۱۴۰۴»"),
        ("تفاهم‌نامه (MoU) – پیوست".encode().decode("cp1256"), "تفاهم‌نامه (MoU) – پیوست"),
        ("دانشگاه".encode().decode("latin-1"), "دانشگاه"),
        ("Düsseldorf – François".encode().decode("cp1252"), "Düsseldorf – François"),
        ("دان".encode().decode("cp1252").encode().decode("cp1252"), "دان"),
        *((letter.encode().decode("cp1256"), letter) for letter in "یپ،"),
    ],
)
def test_mojibake_is_repaired(garbled, right):
    assert garbled != right
    assert repaired(garbled) == right


@pytest.mark.parametrize(
    "text",
    [
        "عکس",
        "ط؟",
        "ظپ",
        "عک عک",
        "طک",
        "NAÇÃO",
        "CAFÉ»",
        "آ، ب؛ ج؟",
        "Ø Ù",
        "«عظمت»",
        "ع…",
        "Ã",
        "Œuvre",
        "۱۲ م²",
        "ع Œ",
        "سک تک",
        "Ångström §",
    ],
)
def test_what_is_no_mojibake_stays_as_it_is(text):
    assert repaired(text) == text


@given(st.text(alphabet="ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآءئ؟،؛«»‌ ۰۱۲۳۴۵۶۷۸۹abcéüß-–…", max_size=40))
def test_no_persian_text_is_taken_for_mojibake(text):
    assert repaired(text) == text


def test_repaired_cells_are_counted_and_shown(export):
    garbled = "دانش".encode().decode("cp1256")
    found = export(f"نام,کشور\n{garbled},ایران\nشهر,{garbled}\n")
    assert cells(found) == [("دانش", "ایران"), ("شهر", "دانش")]
    assert (found.reading.repaired, found.reading.repairs[0]) == (2, (garbled, "دانش"))


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (("عک", "12"), ("عک", "12")),  # an abbreviation, or «ژ»
        (("عک", "عکس", garbled("دانش")), ("عک", "عکس", "دانش")),  # a whole cell beside it: the row is a mixture
        (("عک", garbled("دانش")), ("ژ", "دانش")),
        (("Jes\u00c3\u00ba", "Madrid"), ("Jes\u00c3\u00ba", "Madrid")),
    ],
)
def test_a_cell_that_may_be_garbled_is_told_and_repaired_only_if_its_row_says_so(export, row, read):
    found = export(",".join("abc"[: len(row)]) + "\n" + ",".join(row) + "\n")
    assert cells(found) == [read]
    doubtful = [
        cell for cell, before in zip(read, row, strict=True) if cell == before and cell in {"عک", "Jes\u00c3\u00ba"}
    ]
    assert (found.reading.doubtful, [before for before, _ in found.reading.doubts]) == (len(doubtful), doubtful)


QUOTED = [["id", "name", "note"], ["1", "a, b", "x"], ["2", "c", 'said "no"'], ["3", "two\nlines", ""]]
DIALECTS = {
    "comma": (written(PERSIAN), ",", 1),
    "semicolon": (written(PERSIAN, ";"), ";", 1),
    "tab": (written(PERSIAN, "\t"), "\t", 1),
    "pipe": (written(PERSIAN, "|"), "|", 1),
    "all quoted": (written(QUOTED, ";", csv.QUOTE_ALL), ";", 1),
    "quoted newlines": (written(QUOTED), ",", 1),
    "Arabic commas in cells": ("id;name\n1;الف، ب، پ\n2;ج، چ، ح\n3;د، ذ، ر\n", ";", 1),
    "decimal commas": ("نام;عرض;طول\nالف;36,3;59,6\nب;35,7;51,4\nج;32,6;51,7\n", ";", 1),
    "bars in cells": ("id,refs\n1,place:a|person:b\n2,place:c|person:d\n3,place:e\n", ",", 1),
    "commas in prose": ("id;text;who\n1;one, two, three;a\n2;one, two;b\n3;one;c\n", ";", 1),
    "titles on top": ("گزارش سال ۱۴۰۴\nتهیه: دفتر\n\nid;name;note\n1;a;b\n2;c;d\n3;e;f\n", ";", 4),
    "sep= on top": ("sep=;\nid;name,x;note\n1;a,b;c\n", ";", 2),
    "one column": ("name\nمشهد\nلاهور، پنجاب\n", ",", 1),
    "only a header": ("id;name;note\n", ";", 1),
    "ragged rows": ("id|a|b\n1|2|3\n4|5\n6|7|8|9\n1|2|3\n", "|", 1),
    "CR only": (written(PERSIAN, ";", end="\r"), ";", 1),
    "decimal commas and few rows": ("نام;مبلغ\nالف;1,5\n", ";", 1),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_the_delimiter_and_the_header_are_found(export, name):
    content, delimiter, line = DIALECTS[name]
    found = export(content)
    assert (found.reading.delimiter, found.reading.header_line) == (delimiter, line)


def test_names_of_the_mapping_find_the_header_where_the_shape_misleads(export):
    text = "a,b,c,d\nx,y,z,w\nنام‌ شهر;كشور\nq,r,s,t;u\n"
    assert export(text).header == ("a", "b", "c", "d")
    found = export(text, known={squash("نام شهر"), squash("کشور")})
    assert (found.header, cells(found)) == (("نام‌ شهر", "كشور"), [("q,r,s,t", "u")])


@pytest.mark.parametrize("said", [";", "semicolon"])
def test_the_delimiter_that_is_said_is_taken(export, said):
    assert export("a,b;c\n1,2;3\n", delimiter=said).header == ("a,b", "c")


def test_what_is_no_delimiter_is_refused(export):
    with pytest.raises(LoadError, match="is no delimiter"):
        export("a,b\n", delimiter="::")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_the_file_has_them(export, end):
    text = end.join(["id,text", '1,"a', 'b"', "", "2,c\u2028d\x0be", ",", "3,f", ""])
    found = export(text)
    assert [(row.line, row.cells[0]) for row in found.rows] == [(2, "1"), (5, "2"), (7, "3")]
    assert (found.reading.blank, found.reading.line_ends) == (2, (end,))


def test_mixed_line_ends_are_one_line_each(export):
    found = export("a,b\r\n1,2\r3,4\n5,6")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("1", "2")), (3, ("3", "4")), (4, ("5", "6"))]


def test_ragged_rows_are_faulty_one_by_one(export):
    found = export("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n")
    assert [(row.line, str(row.fault.reason) if row.fault else row.cells) for row in found.rows] == [
        (2, "The row has 2 cells, the header 3."),
        (3, ("1", "2", "3")),
        (4, "The row has 4 cells, the header 3."),
        (5, ("1", "2", "3")),
    ]


def test_a_column_without_a_name_must_be_empty(export):
    found = export("a,,b,\n1,,2,\n3,x,4,\n5,,6,y\n")
    assert found.header == ("a", "b")
    assert next(row.cells for row in found.rows) == ("1", "2")
    assert [str(row.fault.reason) for row in found.rows if row.fault] == [
        "“x” stands in column 2, which has no name in the header.",
        "“y” stands in column 4, which has no name in the header.",
    ]


def test_a_column_that_is_named_twice_in_two_spellings_is_an_error(export):
    with pytest.raises(LoadError, match="twice"):
        export("نام‌شهر,كشور,کشور\n1,2,3\n")


def test_a_nul_costs_its_row(export):
    found = export("a,b\n1,x\0y\n2,z\n")
    assert [(bool(row.fault), row.cells) for row in found.rows] == [(True, ("1", "x\ufffdy")), (False, ("2", "z"))]


TABLE = [["id", "name", "a", "b", "c"], *[[str(n), f"شهر {n}", "x", "y", "z"] for n in range(1, 101)]]
STRAY = {
    "opens a cell": ("5,شهر 5,x", '5,"شهر 5,x'),
    "opens the row": ("5,شهر 5,x", '"5,شهر 5,x'),
    "opens the last cell": ("x,y,z\r\n6,", 'x,y,"z\r\n6,'),
    "stands for a cell": ("5,شهر 5,x", '5,",x'),
}


@pytest.mark.parametrize("case", STRAY)
@pytest.mark.parametrize("later", ["", '60,"a, b",x,y,z', '60,"a ""b""",x,y,z', '60,12",x,y,z', '60,x,x,y,12"'])
def test_a_stray_quote_costs_exactly_its_row(export, case, later):
    text = written(TABLE).replace(*STRAY[case], 1)
    if later:
        text = text.replace("60,شهر 60,x,y,z", later)
    rows = list(export(text).rows)
    assert [(row.line, bool(row.fault)) for row in rows] == [(n, n == 6) for n in range(2, 102)]
    assert "quotation mark is out of place" in str(rows[4].fault.reason)


def test_a_stray_quote_in_a_cell_of_several_lines_costs_that_row_only(export):
    rows = [["id", "text", "who"], ["1", "a\nb, c", "x"], ["2", "d", "y"]]
    text = written(rows).replace("a\nb", 'a\nb "q" ')
    found = list(export(text).rows)
    assert [(row.line, bool(row.fault)) for row in found] == [(2, True), (4, False)]


def test_quotes_inside_an_unquoted_cell_are_its_own(export):
    assert cells(export('id,size\n1,5" pipe\n2,the "old" one\n3, "with, space" \n')) == [
        ("1", '5" pipe'),
        ("2", 'the "old" one'),
        ("3", "with, space"),
    ]


LETTERS = "abcيیکك۱1 ,;|\t\"'\r\n،é؟"
CELL = st.text(alphabet=LETTERS, max_size=8).filter(lambda cell: cell == cell.strip())
ROWS = st.integers(2, 3).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=6))
WRITTEN_AS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1256"])


@given(ROWS, st.sampled_from(",;\t|"), WRITTEN_AS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example([["", "a\n,,,"]], ",", "utf-8", csv.QUOTE_MINIMAL)
@example([["a,", ",\n,"], ["\n,", ""]], ",", "cp1256", csv.QUOTE_ALL)
def test_what_a_csv_writer_wrote_is_read_back(tmp_path, rows, delimiter, codec, quoting):
    end = "\r\n" if any("\r" in cell for row in rows for cell in row) else "\n"  # Python quotes only its own end
    names = [f"نام شهر {n}" for n in range(len(rows[0]) if rows else 2)]
    table = [names, *[row for row in rows if any(row)]]
    if codec == "cp1256":
        table = [[cp1256(cell) for cell in row] for row in table]
    path = tmp_path / "file.csv"
    path.write_bytes(written(table, delimiter, quoting, end).encode(codec))
    found = read(path, Guidance(known=frozenset(map(squash, names))))
    assert [found.header, *[row.cells for row in found.rows]] == list(map(tuple, table))
    assert not found.reading.faulty


PLAIN = st.text(alphabet="abcیک ۱.،", min_size=1, max_size=6).filter(lambda cell: cell == cell.strip())
WORDS = st.sampled_from(["شهر", "a", "خواهر", '12"', '"نقل"', "b", "c"])
PROSE = st.tuples(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from([" ", ", ", "\n", "\r\n", "، "])).map(
    lambda made: made[1].join(made[0])
)


@given(st.lists(st.tuples(PLAIN, PROSE, PLAIN, PLAIN, PLAIN), min_size=3, max_size=12), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_stray_quote_anywhere_in_a_plain_row_loses_no_other_row(tmp_path, rows, data):
    at = data.draw(st.integers(0, len(rows) - 1))
    lines = [written([row]) for row in rows]
    plain = written([["k", "l", "m", "n", "o"]]).rstrip("\r\n")
    place = data.draw(st.integers(0, len(plain)))
    lines[at] = plain[:place] + '"' + plain[place:] + "\r\n"
    path = tmp_path / "file.csv"
    path.write_bytes(("id,text,a,b,c\r\n" + "".join(lines)).encode())
    found = list(read(path, Guidance(known={"id", "text", "a", "b", "c"})).rows)
    sound = [row.cells for row in found if not row.fault]
    for n, row in enumerate(rows):
        assume(n == at or row not in rows[:n])
        assert n == at or row in sound
    assert len(found) == len(rows)


def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = []
    for count in (30_000, 60_000):
        path = tmp_path / f"{count}.csv"
        path.write_bytes(written([PERSIAN[0], *([str(n), "مشهد", 'در "خراسان"'] for n in range(count))]).encode())
        tracemalloc.start()
        assert sum(1 for _ in read(path).rows) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2


def test_the_columns_of_a_file_of_rejects_stand_beside_those_of_its_rows(tmp_path):
    path = tmp_path / "rejects.csv"
    path.write_text("_file,_line,line\na.csv,3,25\n", encoding="utf-8")
    assert read(path).header == ("_file", "_line", "line")
