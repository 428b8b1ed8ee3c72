"""The workbook to fill in: what Excel shows and checks, and that it loads when it is filled."""

import openpyxl
import pytest

from graph_app.language import translations
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.library import library
from loaders.mapping import MAPPINGS, load
from loaders.planning import read_exports
from loaders.template import template

PORTFOLIO = load(MAPPINGS / "portfolio.yaml")
FILLED = {
    "sources": {"شناسهٔ منبع": "letter-1", "قطعیت": "stated", "عنوان فارسی": "نامهٔ یک", "تاریخ انتشار": "۱۴۰۲/۵/۱"},
    "instruments": {
        "شناسهٔ سند": "mou-1",
        "نوع سند": "mou",
        "عنوان فارسی": "تفاهم‌نامهٔ نخست",
        "تاریخ اجرا": "8/2010",
        "مدت": "پنج سال",
        "مهلت اعلام به روز": 90,
        "تمدید خودکار": "خیر",
        "شناسهٔ منبع": "letter-1",
        "قطعیت": "stated",
    },
    "parties": {
        "شناسهٔ سند": "mou-1",
        "شناسهٔ طرف": "city",
        "نام فارسی": "شهرداری",
        "نوع نهاد": "office",
        "نقش": "party",
        "شناسهٔ منبع": "letter-1",
        "قطعیت": "stated",
    },
}


@pytest.fixture(params=["fa", "en"])
def book(tmp_path, request):
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(template(PORTFOLIO, request.param, translations(request.param).gettext))
    return path, request.param


def filled(path, rows):
    """Fill the workbook in as a person does: under the heading that says it."""
    book = openpyxl.load_workbook(path)
    for name, row in rows.items():
        places = {part: cell.column for cell in book[name][1] for part in str(cell.value).split("\n")}
        for heading, cell in row.items():
            book[name].cell(2, places[heading]).value = cell
    book.save(path)


def test_every_table_has_a_sheet_with_headings_in_both_scripts_after_a_page_that_explains(book):
    path, language = book
    sheets = openpyxl.load_workbook(path).worksheets
    assert [sheet.title for sheet in sheets[1:-1]] == ["sources", "instruments", "parties", "acts", "successions"]
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in sheets[:-1]} == {language == "fa"}
    assert sheets[-1].sheet_state == "hidden"
    assert sheets[0]["A1"].value == PORTFOLIO.about.in_language(language)
    heads = [cell.value for cell in sheets[2][1]]
    assert heads[0] == ("شناسهٔ سند\nagreement_id" if language == "fa" else "agreement_id\nشناسهٔ سند")
    note = sheets[2]["A1"].comment.text
    assert ("به انتخاب شما" if language == "fa" else "name of your own") in note
    assert "mou-1402-3" in note


def test_words_are_lists_numbers_and_dates_are_checked_and_what_must_be_filled_turns_red(book):
    path, _ = book
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["instruments"]
    places = {str(cell.value).split("\n")[0]: cell.column_letter for cell in sheet[1]}
    places |= {str(cell.value).split("\n")[-1]: cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    kind = rules[f"{places['kind']}2"]
    assert kind.type == "list"
    column, first, last = kind.formula1.split("!")[1].replace("$", "").replace(":", " ").split()[0][0], 1, 8
    listed = [workbook["words"][f"{column}{row}"].value for row in range(first, last + 1)]
    assert listed[:2] == ["mou", "umbrella_mou"]
    assert rules[f"{places['notice_days']}2"].type == "whole"
    assert rules[f"{places['auto_renew']}2"].type == "list"
    assert "words!" in rules[f"{places['effective_on']}2"].formula1
    assert {rule.errorStyle for rule in rules.values()} == {"warning"}
    red = {str(found.sqref).split(":")[0] for found in sheet.conditional_formatting}
    assert red == {f"{places[name]}2" for name in ("agreement_id", "kind", "source_id", "certainty")}


def test_the_filled_workbook_is_read_sheet_by_sheet_and_its_rows_become_facts(book):
    path, _ = book
    filled(path, FILLED)
    assert library(path.parent / "none").fitting([path]).mapping.mapping == "portfolio"
    exports = read_exports([path], PORTFOLIO)
    assert list(exports) == ["sources.csv", "instruments.csv", "parties.csv", "acts.csv", "successions.csv"]
    results = [row for table in PORTFOLIO.tables for row in compile_table(exports[table.file], table, PORTFOLIO)]
    assert not [row for row in results if isinstance(row, Reject)]
    source, agreement, party = (row.entities[0] for row in results)
    assert source.properties["name_fa"] == "نامهٔ یک"
    assert str(agreement.properties["effective_on_latest"]) == "2010-08-31"
    assert (agreement.properties["notice_days"], agreement.properties["auto_renew"]) == (90, False)
    assert [(tie.start, tie.end) for tie in results[2].ties] == [(party.id, agreement.id)]
    assert exports["parties.csv"].name.endswith("portfolio.xlsx (parties)")


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_mapping_has_a_workbook_that_can_be_opened_and_read_back_empty(path, tmp_path):
    mapping = load(path)
    file = tmp_path / "empty.xlsx"
    file.write_bytes(template(mapping, "fa", translations("fa").gettext))
    assert list(read_exports([file], mapping)) == [table.file for table in mapping.tables]
