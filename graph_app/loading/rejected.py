"""Rejected rows as a CSV that people mend, and rows mended in the browser as files that are loaded again."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from graph_app.errors import N_, LoadError
from graph_app.export import defused
from graph_app.uploads.shelf import Shelf
from loaders.facts import Reject

__all__ = ["Mended", "Reject", "cells_of", "csv_of", "files_of", "line_of", "texts", "whole"]

_COLUMNS = ("_file", "_line", "_column", "_value", "_reason", "_hint", "row")


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
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for reject in rejects:
        writer.writerow(map(defused, _cells(reject, gettext)))
    return stream.getvalue()


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


def cells_of(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line that somebody mended."""
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])


def files_of(mended: Mended, shelf: Shelf) -> tuple[Path, list[str]]:
    """Keep the mended rows as CSV files, one for each table, and return their folder and names.

    Raises
    ------
    LoadError
        If there is no row.

    """
    tables: dict[str, list[Sequence[str]]] = {}
    for reject, cells in mended.rows:
        name = f"{PurePath(reject.file).stem}.csv"
        tables.setdefault(name, [reject.header]).append(cells)
    if not tables:
        raise LoadError(N_("No row is left to load."))
    kept = {}
    for name, rows in tables.items():
        content = _csv(rows)
        kept[name] = shelf.keep(io.BytesIO(content), name, len(content))
    return shelf.folder(f"mended-{mended.of}", kept), sorted(kept)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def _cells(reject: Reject, gettext: Callable[[str], str]) -> Iterator[str]:
    yield from (reject.file, str(reject.row.line), reject.column, reject.value)
    yield from (reject.reason.translated(gettext), reject.reason.translated_hint(gettext))
    yield from reject.row.cells


def texts(form: Mapping[str, str], at: int, count: int) -> list[str]:
    """Return the cells of the reject at place ``at`` as the form has them."""
    return [form.get(f"cell-{at}-{place}", "") for place in range(count)]
