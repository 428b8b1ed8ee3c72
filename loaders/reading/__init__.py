"""An export file, CSV, TSV or XLSX, as rows, each with the physical line on which it begins.

* ``encoding``  the ladder that finds how a text file is written
* ``dialect``   what separates its cells, and where its header stands
* ``records``   lines as rows, so that a stray quote costs one row
* ``mojibake``  cells that were decoded wrongly before, repaired
* ``workbook``  sheets of Excel
* ``report``    all of that, told to people
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from graph_app.errors import N_, LoadError, reason_of
from graph_app.text import clean, squash
from loaders.reading import dialect, encoding
from loaders.reading.mojibake import SUSPECT, mended, repaired
from loaders.reading.records import exact_records, records
from loaders.reading.report import Encoding, Reading, Remark, named_parts
from loaders.reading.rows import BETWEEN, Fault, Row, sound

__all__ = [
    "NOTHING_SAID",
    "SUFFIXES",
    "Encoding",
    "Export",
    "Fault",
    "Guidance",
    "Reading",
    "Remark",
    "Row",
    "named_parts",
    "read",
    "sheets",
]

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")
_WORKBOOKS = (".xlsx", ".xlsm")
_SHOWN = 3  # samples
_NOTHING = BETWEEN + " \t\r\n\u00a0\u200b\ufeff"
_DAMAGED = re.compile(encoding.DAMAGED)
_ODD = re.compile(f"[{encoding.DAMAGED}\0]|{SUSPECT.pattern}")  # what most rows have not


@dataclass(frozen=True)
class Guidance:
    """What is known of a file before it is read: overrides, and the squashed names that its header may have.

    An ``exact`` file is what a program wrote: nothing in it is repaired, and a quote is never out of place.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    exact: bool = False
    known: Collection[str] = frozenset()


NOTHING_SAID = Guidance()


class Export:
    """An export file: its name as it is shown to people, its header, and its rows, read anew each time.

    Parameters
    ----------
    names
        The cells of the header row; columns without a name must be empty.
    raw
        Yields the rows after the header, each time it is iterated.
    reading
        How the file was read; its counts follow the last reading of ``rows``.
    exact
        Whether cells are taken as they are.

    """

    def __init__(self, names: tuple[str, ...], raw: Iterable[Row], reading: Reading, *, exact: bool = False) -> None:
        self.name, self.reading, self._odd = reading.file, reading, _DAMAGED if exact else _ODD
        self._exact = exact
        self._raw, self._width = raw, len(names)
        cells = [" ".join(repaired(name).split()) for name in names]
        self._places = [place for place, name in enumerate(cells) if name]
        self.header = tuple(cells[place] for place in self._places)
        _check(self.header, reading.file)

    @property
    def rows(self) -> Iterator[Row]:
        """The rows that are not blank, with a fault where one cannot be used; nothing is left out silently."""
        self.reading.restart()
        for raw in self._raw:
            text = BETWEEN.join(raw.cells)
            if not raw.fault and not text.strip(_NOTHING):
                self.reading.blank += 1
                continue
            odd = self._odd.search(text) is not None
            row = self._fitted(sound(raw) if odd else raw)
            self.reading.rows += 1
            self.reading.faulty += row.fault is not None
            yield self._mended(row) if odd and not row.fault and not self._exact else row

    @property
    def blank(self) -> int:
        """The number of blank rows, once the rows were read."""
        return self.reading.blank

    def _fitted(self, row: Row) -> Row:
        """Return ``row`` with one cell for every name in the header, or with the fault that it has not."""
        found, expected = len(row.cells), self._width
        if (row.fault and row.fault.place is None) or (found == expected == len(self._places) and not row.fault):
            return row
        if found < expected or any(cell.strip() for cell in row.cells[expected:]):
            message = N_("The row has %(found)s cells, the header %(expected)s.")
            hint = N_("A cell that holds the delimiter or a line break must stand in quotation marks.")
            return row._replace(fault=Fault(LoadError(message, hint, found=found, expected=expected)))
        if len(self._places) < expected:
            return self._named(row)
        return row if found == expected else row._replace(cells=row.cells[:expected])

    def _named(self, row: Row) -> Row:
        for place, cell in enumerate(row.cells[: self._width], start=1):
            if cell.strip() and place - 1 not in self._places:
                message = N_("“%(text)s” stands in column %(place)s, which has no name in the header.")
                return row._replace(fault=Fault(LoadError(message, text=cell.strip(), place=place)))
        fault = row.fault
        if fault and fault.place is not None:
            fault = Fault(fault.reason, self._places.index(fault.place) if fault.place in self._places else None)
        return Row(row.line, tuple(row.cells[place] for place in self._places), fault)

    def _mended(self, row: Row) -> Row:
        """Return ``row`` with mojibake repaired; it is counted, and so is what may be some."""
        cells, repairs, doubts = mended(row.cells)
        self.reading.mend(repairs, doubts)
        return row._replace(cells=cells)


def sheets(path: Path) -> list[str]:
    """Return the sheets that are shown if the file at ``path`` is a workbook; else none."""
    if path.suffix.lower() not in _WORKBOOKS:
        return []
    from loaders.reading import workbook  # noqa: PLC0415 - most exports are none

    return workbook.sheets(path)


def read(path: Path, guidance: Guidance = NOTHING_SAID, part: str | None = None) -> Export:
    """Return the export in the file at ``path``, named ``<folder>/<file>``, or in its sheet ``part``, named so too.

    Raises
    ------
    LoadError
        If the file is away or empty, its encoding cannot be told, or it names a column twice.

    """
    name = f"{path.resolve().parent.name}/{path.name}"
    if part is not None:
        name, guidance = f"{name} ({part})", replace(guidance, sheet=part)
    try:
        make = _from_workbook if path.suffix.lower() in _WORKBOOKS else _from_text
        return make(path, name, guidance)
    except OSError as error:
        raise LoadError(N_("%(file)s cannot be read: %(reason)s"), file=name, reason=reason_of(error)) from error


def _from_workbook(path: Path, name: str, guidance: Guidance) -> Export:
    from loaders.reading import workbook  # noqa: PLC0415 - most exports are none

    sheet = workbook.read(path, name, guidance.sheet)
    filled = [row for row in sheet.rows if not row.blank]
    if not filled:
        raise _empty(name)
    header, _ = dialect.header_of(filled, guidance.known)
    below = sheet.rows[header.line :]
    reading = Reading(name, None, None, sheet.name, header.line, (), merged=sheet.filled)
    return Export(header.cells, below, reading, exact=guidance.exact)


def _from_text(path: Path, name: str, guidance: Guidance) -> Export:
    found = encoding.find(path, name, guidance.encoding)
    lines = _Lines(path, found.codec)
    head = list(islice(lines, dialect.SAMPLE_LINES))
    cut = len(head) == dialect.SAMPLE_LINES
    dialect_ = dialect.find(head, guidance.known, guidance.delimiter, cut=cut) if head else None
    if dialect_ is None:
        raise _empty(name)
    if encoding.DAMAGED in "".join(dialect_.header.cells):
        message = N_("%(file)s: the header in line %(line)s cannot be read as %(encoding)s.")
        raise LoadError(message, file=name, line=dialect_.header.line, encoding=found.name)
    reading = Reading(name, found, dialect_.delimiter, None, dialect_.header.line, _samples(head, dialect_))
    below = _Below(lines, dialect_, reading, exact_records if guidance.exact else records)
    return Export(dialect_.header.cells, below, reading, exact=guidance.exact)


class _Lines:
    """The physical lines of a text file with their ends; every iteration reads the file again."""

    def __init__(self, path: Path, codec: str) -> None:
        self.path, self.codec = path, codec
        self.ends: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        with self.path.open(encoding=self.codec, errors=encoding.ERRORS, newline="") as stream:
            yield from stream
            ends = stream.newlines or ()
            self.ends = (ends,) if isinstance(ends, str) else ends


@dataclass(frozen=True)
class _Below:
    """The rows below the header."""

    lines: _Lines
    dialect: dialect.Dialect
    reading: Reading
    parse: Callable[..., Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        above, width = self.dialect.lines, len(self.dialect.header.cells)
        below = islice(self.lines, above, None)
        yield from self.parse(below, self.dialect.delimiter, width=width, first=above + 1)
        self.reading.line_ends = self.lines.ends


def _samples(head: Iterable[str], found: dialect.Dialect) -> tuple[str, ...]:
    rows = records(islice(head, found.lines, None), found.delimiter)
    cells = (clean(cell) for row in rows for cell in row.cells if not cell.isascii())
    return tuple(islice(dict.fromkeys(cells), _SHOWN))


def _empty(name: str) -> LoadError:
    return LoadError(N_("%(file)s is empty; it needs a header row and data."), file=name)


def _check(header: tuple[str, ...], name: str) -> None:
    """Refuse a header that names a column twice, in whatever spelling; ``_line``, of rejects, is not ``line``."""
    seen: set[str] = set()
    for column in header:
        folded = column if column.startswith("_") else squash(column) or column
        if folded in seen:
            message = N_("%(file)s: the header names the column “%(column)s” twice.")
            raise LoadError(message, file=name, column=column)
        seen.add(folded)
