"""A CSV file as rows, each with the line on which it begins."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph_app.errors import N_, LoadError


@dataclass(frozen=True)
class Row:
    """One row of an export: ``line`` is the physical line, counted from 1, on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Export:
    """An export file: its name as it is shown to people, its header and its rows. Blank rows are only counted."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    blank: int


def read(path: Path) -> Export:
    """Return the rows of the CSV file at ``path``, named ``<folder>/<file>``.

    Raises
    ------
    LoadError
        If the file is away, empty, not UTF-8, or names a column twice or not at all.

    """
    name = f"{path.resolve().parent.name}/{path.name}"
    lines = _text(path, name).splitlines(keepends=True)
    rows = list(_rows(lines))
    if not rows:
        raise LoadError(N_("%(file)s is empty; it needs a header row and data."), file=name)
    header = tuple(cell.strip() for cell in rows[0].cells)
    _check(header, name)
    filled = tuple(row for row in rows[1:] if any(cell.strip() for cell in row.cells))
    return Export(name, header, filled, len(rows) - 1 - len(filled))


def _text(path: Path, name: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LoadError(N_("%(file)s cannot be read: %(reason)s"), file=name, reason=error.strerror) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = N_("%(file)s, line %(line)s, is not UTF-8. Save the export as “CSV UTF-8” and load it again.")
        raise LoadError(message, file=name, line=line) from error


def _rows(lines: list[str]) -> Iterator[Row]:
    reader = csv.reader(lines)
    begins = 1
    for cells in reader:
        yield Row(begins, tuple(cells))
        begins = reader.line_num + 1


def _check(header: tuple[str, ...], name: str) -> None:
    for place, column in enumerate(header, start=1):
        if not column:
            raise LoadError(N_("%(file)s: column %(place)s has no name in the header."), file=name, place=place)
        if column in header[: place - 1]:
            message = N_("%(file)s: the header names the column “%(column)s” twice.")
            raise LoadError(message, file=name, column=column)
