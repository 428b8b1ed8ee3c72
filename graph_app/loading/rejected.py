"""Rejected rows as a CSV that people mend, and rows mended in the browser as such a file, to be loaded again."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph_app.errors import N_, LoadError
from graph_app.uploads.shelf import Shelf
from loaders.facts import Reject
from loaders.reading import read
from loaders.reading.records import records
from loaders.replaying import FILE, LINE, table_of

__all__ = ["Mended", "Reject", "cells_of", "csv_of", "file_of", "holds_rejects", "line_of", "texts", "whole"]

_NAME = "rejects.csv"


@dataclass(frozen=True)
class Mended:
    """Rows that were rejected, with the cells that they have now.

    Parameters
    ----------
    of
        The run or the draft that rejected them.
    mapping
        Its mapping.
    rows
        Each reject with its cells; a row that was not touched is loaded as it was, and rejected as before.

    """

    of: str
    mapping: str
    rows: Sequence[tuple[Reject, Sequence[str]]]


def csv_of(rejects: Iterable[Reject], gettext: Callable[[str], str]) -> str:
    """Return ``rejects`` as CSV with a byte order mark; what a spreadsheet would take for a formula is defused."""
    stream = io.StringIO()
    stream.write("\ufeff")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(table_of(list(rejects), gettext))
    return stream.getvalue()


def file_of(mended: Mended, shelf: Shelf) -> Path:
    """Keep the mended rows as a file of rejects, each with the file and line that it comes from, and return where.

    Raises
    ------
    LoadError
        If there is no row.

    """
    if not mended.rows:
        raise LoadError(N_("No row is left to load."))
    rows = [replace(reject, row=reject.row._replace(cells=tuple(cells))) for reject, cells in mended.rows]
    content = csv_of(rows, str).encode()
    kept = shelf.keep(io.BytesIO(content), _NAME, len(content))
    return shelf.folder(f"mended-{mended.of}", {_NAME: kept}) / _NAME


def holds_rejects(path: Path) -> bool:
    """Return whether the file at ``path`` is one of rejects, mended by hand and sent back."""
    try:
        return read(path).header[:2] == (FILE, LINE)
    except LoadError:  # whoever plans to load it says why
        return False


def whole(reject: Reject) -> bool:
    """Return whether the row has one cell for each name in its header, so that it can be mended cell by cell."""
    return len(reject.row.cells) == len(reject.header)


def line_of(reject: Reject) -> str:
    """Return the row as one line of CSV, for those that could not be taken apart."""
    cells = reject.row.cells
    if len(cells) == 1:
        return cells[0].strip("\r\n")
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue().strip("\r\n")


def cells_of(reject: Reject, line: str, delimiter: str) -> list[str]:
    """Return the cells of a line that somebody mended; one that ``line_of`` joined has commas."""
    sign = delimiter if len(reject.row.cells) == 1 else ","
    found = next(records(line.splitlines(keepends=True), sign, width=len(reject.header)), None)
    return list(found.cells) if found else []


def texts(form: Mapping[str, str], at: int, count: int) -> list[str]:
    """Return the cells of the reject at place ``at`` as the form has them."""
    return [form.get(f"cell-{at}-{place}", "") for place in range(count)]
