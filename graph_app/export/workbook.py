"""An answer as XLSX: numbers and dates as such, texts that are no formulas, right to left in Persian."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graph_app.catalog.question import Answer
from graph_app.exploration.levels import NAME, Level
from graph_app.export.texts import named, plain_text, rows_of
from graph_app.export.words import ABOUT, CUT, ID, ROWS, heading, key_of, spoken

_WIDEST, _NARROWEST = 60, 8
_LOOKED_AT = 200  # rows that say how wide a column is
_CELL = 32_000  # characters that a cell of Excel holds
_EXACT = 10**15  # from here on a cell would round a whole number
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(answer: Answer, language: str, level: Level | None = None) -> bytes:
    """Return an answer as a workbook: one sheet of rows under headings in ``language``, one of what was asked.

    How confidential it is stands among the latter, over each printed page and among the properties of the file.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        rows, about = (book.add_worksheet(title.in_language(language)) for title in (ROWS, ABOUT))
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        }
        for sheet in (rows, about):
            if language == "fa":
                sheet.right_to_left()
            if level:
                sheet.set_header(f"&C{level.line(language)}")
        if level:
            book.set_properties({"category": level.line(language)})
        table = list(_table(answer, language))
        _write(rows, table, formats)
        _write(about, _about(answer, language, level), formats)
        rows.freeze_panes(1, 0)
        if table[1:]:
            rows.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)
    return stream.getvalue()


def _table(answer: Answer, language: str) -> Iterator[list[Any]]:
    table, question = rows_of(answer.result), answer.question
    extra = named(table.columns, table.rows)
    called = {column: heading(question, column, language) for column in table.columns}
    keys = {column: key_of(question, column) for column in table.columns}
    yield [
        name
        for column, head in called.items()
        for name in ([head, f"{head} ({ID.in_language(language)})"] if column in extra else [head])
    ]
    for row in table.rows:
        yield [
            cell
            for column, value in zip(table.columns, row, strict=True)
            for cell in _cells(value, keys[column], language, ids=column in extra)
        ]


def _cells(value: Any, key: str, language: str, *, ids: bool) -> Iterator[Any]:  # noqa: ANN401 - any cell
    typed = value is None or isinstance(value, bool | int | float | date)
    yield value if typed else spoken(value, key, language)
    if ids:
        yield plain_text(value)


def _about(answer: Answer, language: str, level: Level | None) -> list[list[Any]]:
    header = answer.question.header
    told: list[list[Any]] = [
        [header.title.in_language(language), answer.question.name],
        [header.about.in_language(language), ""],
    ]
    if level:
        told.append([NAME.in_language(language), level.in_language(language)])
    for name, parameter in answer.question.parameters.items():
        value = answer.values.get(name)
        typed = isinstance(value, bool | int | float | date)
        told.append([parameter.called(name, language), value if typed else plain_text(value)])
    return [*told, [CUT.in_language(language), ""]] if answer.cut else told


def _write(sheet: Worksheet, table: Sequence[Sequence[Any]], formats: Mapping[str, Format]) -> None:
    for at, row in enumerate(table):
        for column, value in enumerate(row):
            _cell(sheet, at, column, value, formats)
    for column in range(max(map(len, table), default=0)):
        longest = max(len(plain_text(row[column])) for row in table[:_LOOKED_AT] if column < len(row))
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, longest + 2)))


def _cell(sheet: Worksheet, at: int, column: int, value: Any, formats: Mapping[str, Format]) -> None:  # noqa: ANN401
    match value:
        case None:
            sheet.write_blank(at, column, None)
        case bool():
            sheet.write_boolean(at, column, value)
        case int() | float() if abs(value) < _EXACT:
            sheet.write_number(at, column, value)
        case date() if not isinstance(value, datetime) and value.year > 1900:  # noqa: PLR2004 - Excel counts from there
            sheet.write_datetime(at, column, value, formats["day"])
        case _:
            sheet.write_string(at, column, plain_text(value)[:_CELL], formats["head"] if at == 0 else None)
