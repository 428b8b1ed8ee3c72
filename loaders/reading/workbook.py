"""An Excel workbook as rows of text, with the row numbers of the sheet.

Cells keep their type's plain writing: 2025-12-03 for a date in whatever format it is shown, 36.3 for a number, true
and false. Formulas give their last value. A cell that is merged downwards stands in every row that it covers.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from graph_app.errors import N_, LoadError
from graph_app.text import fold
from loaders.reading.rows import Fault, Row

Place = tuple[int, int]  # row and column

_MOST_BYTES = 1 << 30  # of all parts of a workbook, unpacked
_MOST_CELLS = 30_000_000  # of the rectangle that a sheet spans
_CHUNK = 1 << 20
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]{0,80})>')
_CARRY = 128  # bytes that the head of a cell cut by the end of a chunk can have
_SHEET = re.compile(rb'<sheet [^>]*r:id="([^"]+)"')
_TARGET = re.compile(rb"<Relationship [^>]*>")


@dataclass(frozen=True)
class Sheet:
    """A sheet as rows; ``filled`` counts the cells that got the value of a merged one."""

    name: str
    rows: list[Row]
    filled: int


def read(path: Path, file: str, wanted: str | None) -> Sheet:
    """Return a sheet of the workbook at ``path``.

    Parameters
    ----------
    path, file
        The workbook, and its name as it is shown to people.
    wanted
        The sheet to read. None takes the only one that holds anything, or the one with the name of the file.

    Raises
    ------
    LoadError
        If the file is no workbook, unpacks to more than memory should hold, or has no such sheet.

    """
    try:
        errors = _errors(path, file)
        book = CalamineWorkbook.from_path(str(path))
        sheet = _sheet(book, path.stem, file, wanted)
        return _rows(sheet, errors.get(book.sheet_names.index(sheet.name), set()))
    except (CalamineError, zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as error:
        message = N_("%(file)s is not a workbook that can be read: %(reason)s")
        raise LoadError(message, file=file, reason=error) from error


def sheets(path: Path) -> list[str]:
    """Return the sheets of the workbook at ``path`` that are shown; none if it is no workbook."""
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError):
        return []
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]


def _errors(path: Path, file: str) -> dict[int, set[Place]]:
    """Return where errors such as #DIV/0! stand, by the number of the sheet: the reader would give them as empty.

    On the way, a workbook that would unpack to more than fits in memory is refused before it is unpacked there.
    """
    found: dict[str, set[Place]] = {}
    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
            raise _too_large(file)
        for part in packed.infolist():
            with packed.open(part) as stream:  # a wrong size or sum is an error here
                span, found[part.filename] = _scan(stream)
            if span[0] * span[1] > _MOST_CELLS:
                raise _too_large(file)
        sheets = _SHEET.findall(packed.read("xl/workbook.xml"))
        targets = dict(map(_target, _TARGET.findall(packed.read("xl/_rels/workbook.xml.rels"))))
    return {number: found.get(targets.get(name, ""), set()) for number, name in enumerate(sheets)}


def _target(relationship: bytes) -> tuple[bytes, str]:
    """Return the id of a relationship and the part that it leads to."""
    attributes = dict(re.findall(rb'(\w+)="([^"]*)"', relationship))
    target = attributes.get(b"Target", b"").decode()
    return attributes.get(b"Id", b""), target[1:] if target.startswith("/") else f"xl/{target}"


def _scan(stream: IO[bytes]) -> tuple[Place, set[Place]]:
    """Return the last row and column that cells name, and the cells that hold an error."""
    rows = columns = 0
    errors: set[Place] = set()
    rest = b""
    while chunk := stream.read(_CHUNK):
        text = rest + chunk
        for letters, digits, attributes in _CELL.findall(text):
            row, column = int(digits), _column(letters)
            rows, columns = max(rows, row), max(columns, column)
            if b't="e"' in attributes:
                errors.add((row, column))
        rest = text[-_CARRY:]
    return (rows, columns), errors


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place


def _too_large(file: str) -> LoadError:
    return LoadError(N_("%(file)s unpacks to more than can be held in memory. Export the table as CSV."), file=file)


def _sheet(book: CalamineWorkbook, stem: str, file: str, wanted: str | None) -> CalamineSheet:
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    named = [name for name in book.sheet_names if fold(name) == fold(wanted or stem)]
    if named:
        return book.get_sheet_by_name(named[0])
    filled = [name for name in shown if book.get_sheet_by_name(name).height]
    if wanted is None and len(filled) == 1:
        return book.get_sheet_by_name(filled[0])
    if wanted is None and not filled:
        raise LoadError(N_("%(file)s is empty; it needs a header row and data."), file=file)
    message = N_("%(file)s has the sheets %(sheets)s. Name the one to read: --sheet, or “read: {sheet: …}”.")
    raise LoadError(message, file=file, sheets=", ".join(book.sheet_names))


def _rows(sheet: CalamineSheet, errors: set[Place]) -> Sheet:
    left = sheet.start[1] if sheet.start else 0  # rows begin at the top of the sheet, columns where something stands
    grid = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    filled = _fill(grid, sheet.merged_cell_ranges or (), left)
    faults = {row: _fault(column - 1 - left) for row, column in sorted(errors, reverse=True)}
    rows = [Row(line, tuple(cells), faults.get(line)) for line, cells in enumerate(grid, start=1)]
    return Sheet(sheet.name, rows, filled)


def _fault(place: int) -> Fault:
    return Fault(LoadError(N_("The cell holds an error of the spreadsheet, such as #DIV/0! or #N/A.")), place)


def _fill(grid: Sequence[list[str]], merged: Iterable[tuple[Place, Place]], left: int) -> int:
    """Write the value of every cell that is merged downwards into the rows below; sideways it stands once."""
    filled = 0
    for (first, column), (last, _) in merged:
        for row in range(first + 1, min(last + 1, len(grid))):
            if grid[first][column - left] and not grid[row][column - left]:
                grid[row][column - left] = grid[first][column - left]
                filled += 1
    return filled


def _text(cell: Any) -> str:  # noqa: ANN401 - whatever a sheet holds
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1 << 53:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
    return str(cell)
