"""Excel workbooks, made here as offices make them."""

import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from graph_app.errors import LoadError
from loaders.reading import Guidance, read


@pytest.fixture
def workbook(tmp_path):
    """Write sheets with a function of (workbook, its sheets) and read one back."""

    def make(write, *names, file="file.xlsx", **guidance):
        path = tmp_path / file
        with xlsxwriter.Workbook(path) as book:
            write(book, *[book.add_worksheet(name) for name in names or ("برگهٔ ۱",)])
        return read(path, Guidance(**guidance))

    return make


def titled(book, sheet):
    """A title over the table, which begins at B4; dates in Persian and other formats; merged and blank rows."""
    sheet.merge_range("B1:E1", "گزارش خواهرخواندگی‌ها")
    for column, name in enumerate(("نام", "تاریخ", "جمعیت", "فعال"), start=1):
        sheet.write(3, column, name)
    persian = book.add_format({"num_format": "[$-fa-IR,16]yyyy/mm/dd;@"})
    sheet.write_row(4, 1, ["مشهد"])
    sheet.write_datetime(4, 2, datetime(2025, 12, 3), persian)  # noqa: DTZ001 - Excel has no zones
    sheet.write(4, 3, 3001184, book.add_format({"num_format": "#,##0"}))
    sheet.write_boolean(4, 4, True)
    sheet.write_row(6, 1, ["لاهور", "۱۴۰۲/۵/۱", 0.5])
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write_formula("D8", "=1+1", None, 2)
    sheet.write_string("B8", "=نام")
    sheet.write_datetime("C8", datetime(2025, 12, 3, 10, 20), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001


def test_typed_cells_have_their_plain_writing_and_the_row_numbers_of_the_sheet(workbook):
    found = workbook(titled)
    assert found.header == ("نام", "تاریخ", "جمعیت", "فعال")
    assert [(row.line, row.cells) for row in found.rows] == [
        (5, ("مشهد", "2025-12-03", "3001184", "true")),
        (7, ("لاهور", "۱۴۰۲/۵/۱", "0.5", "")),
        (8, ("=نام", "2025-12-03 10:20:00", "2", "")),
    ]
    assert (found.reading.header_line, found.reading.blank, found.reading.sheet) == (4, 1, "برگهٔ ۱")


def test_a_cell_that_is_merged_downwards_stands_in_every_row(workbook):
    def write(_, sheet):
        sheet.write_row("A1", ["کشور", "شهر"])
        sheet.merge_range("A2:A4", "ایران")
        sheet.write_column("B2", ["مشهد", "تبریز", "قم"])

    found = workbook(write)
    assert [row.cells for row in found.rows] == [("ایران", "مشهد"), ("ایران", "تبریز"), ("ایران", "قم")]
    assert found.reading.merged == 2


def test_an_error_of_the_spreadsheet_is_a_fault_of_its_cell_not_an_empty_one(workbook):
    def write(_, other, sheet):
        other.write_row("A1", ["x", "y"])
        sheet.write_row("B1", ["a", "b"])
        sheet.write("B2", 1)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_row("B3", [1, 2])

    found = workbook(write, "other", "wanted", sheet="wanted")
    [bad, good] = found.rows
    assert (bad.line, bad.fault.place, "error of the spreadsheet" in str(bad.fault.reason)) == (2, 1, True)
    assert good.cells == ("1", "2")


def test_of_several_sheets_the_one_with_the_name_of_the_file_is_read_or_the_only_one_that_shows_anything(workbook):
    def two(_, first, second):
        first.write_row("A1", ["a", "b"])
        second.write_row("A1", ["c", "d"])

    assert workbook(two, "x", "Places", file="places.xlsx").header == ("c", "d")
    assert workbook(two, "x", "y", sheet="X").header == ("a", "b")
    with pytest.raises(LoadError, match=r"has the sheets x, y\. Name the one"):
        workbook(two, "x", "y")
    with pytest.raises(LoadError, match="has the sheets x, y"):
        workbook(two, "x", "y", sheet="z")

    def hidden(_, first, second, third):
        first.hide()
        first.write_row("A1", ["a", "b"])
        second.activate()
        third.write_row("A1", ["c", "d"])

    assert workbook(hidden, "x", "y", "z").header == ("c", "d")


def test_an_empty_workbook_and_what_is_none_are_told(workbook, tmp_path):
    with pytest.raises(LoadError, match="is empty"):
        workbook(lambda *_: None)
    for name, content in (("text.xlsx", b"a,b\n1,2\n"), ("cut.xlsx", (tmp_path / "file.xlsx").read_bytes()[:-300])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(LoadError, match="not a workbook that can be read"):
            read(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(LoadError, match="not a workbook that can be read"):
        read(tmp_path / "other.xlsx")


def test_a_sheet_that_would_span_more_than_memory_holds_is_refused_before_it_is_unpacked(workbook):
    def write(_, sheet):
        sheet.write("A1", "a")
        sheet.write("XFD1048576", "far away")

    with pytest.raises(LoadError, match="more than can be held in memory"):
        workbook(write)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(workbook, tmp_path):
    workbook(lambda _, sheet: sheet.write("A1", "a"))
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/bomb.xml", "w") as part:
        for _ in range(65):
            part.write(bytes(1 << 24))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(LoadError, match="more than can be held in memory"):
        read(path)
