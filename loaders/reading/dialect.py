"""What separates the cells of a text file, and where its header stands.

Every delimiter is tried on the first lines. The one under which most names of the mapping stand in one row wins;
without such names, the one that gives the widest table of rows of one width. The Arabic comma is never a delimiter:
it stands in cells.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_app.errors import N_, LoadError
from graph_app.text import squash
from loaders.reading.mojibake import repaired
from loaders.reading.records import records
from loaders.reading.rows import Row

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 400
_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "bar": "|"}
_SAID = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADER_WITHIN = 30  # rows
_TITLED, _NO_NAMES = 0.6, 0.5  # what titles above a header, and a header without names, take off a score


@dataclass(frozen=True)
class Dialect:
    """The delimiter, the header row, and the number of physical lines up to the end of the header."""

    delimiter: str
    header: Row
    lines: int


def find(
    lines: Sequence[str], known: Collection[str], wanted: str | None = None, *, cut: bool = False
) -> Dialect | None:
    """Return the dialect of a file that begins with ``lines``; None if there is no letter in them.

    Parameters
    ----------
    lines
        The first physical lines, with their ends; one at least.
    known
        Header names, folded without spaces, of the mapping.
    wanted
        The delimiter, or its name, if that is said; else a line ``sep=;`` on top says it, else it is found.
    cut
        Whether the file goes on after ``lines``.

    """
    if not any(character.isalnum() for line in lines for character in line):
        return None
    said = _SAID.fullmatch(lines[0].strip())
    skipped = 1 if said else 0
    chosen = _delimiter(wanted) if wanted else said[1] if said else None
    tries = [_Try(one, lines[skipped:], skipped + 1, known, cut) for one in ([chosen] if chosen else DELIMITERS)]
    best = max(tries, key=lambda one: one.score)  # the first of equals
    inner = len(_LINE_END.findall("".join(best.header.cells)))
    return Dialect(best.delimiter, best.header, best.header.line + inner)


def _delimiter(wanted: str) -> str:
    found = _WORDS.get(wanted.lower(), wanted)
    if len(found) != 1 or found in '"\r\n':
        message = N_("“%(delimiter)s” is no delimiter; it is one character, or one of %(known)s.")
        raise LoadError(message, delimiter=wanted, known=", ".join(sorted(_WORDS)))
    return found


class _Try:
    """The first lines taken apart by one delimiter."""

    def __init__(self, delimiter: str, lines: Iterable[str], first: int, known: Collection[str], cut: bool) -> None:  # noqa: FBT001
        self.delimiter = delimiter
        rows = [row for row in records(lines, delimiter, first=first) if not row.blank]
        self.rows = rows[:-1] if cut and len(rows) > 1 else rows  # the last one may be cut
        self.known = known

    @cached_property
    def header(self) -> Row:
        return header_of(self.rows, self.known)[0]

    @property
    def score(self) -> tuple[int, float]:
        """How many names of the mapping stand in the header, and how much the rows look like a table."""
        return header_of(self.rows, self.known)[1], _shape(self.rows, self.header)


def header_of(rows: Sequence[Row], known: Collection[str]) -> tuple[Row, int]:
    """Return the header among ``rows``, which are not blank, and how many names in it are ``known``.

    It is the row with most known names; without any, the first that is as wide as most rows.
    """
    near = rows[:_HEADER_WITHIN]
    hits = [sum(squash(repaired(cell)) in known for cell in row.cells if cell.strip()) for row in near]
    if max(hits):
        at = hits.index(max(hits))
        return near[at], hits[at]
    width = _most(_width(row) for row in rows if not row.fault)
    return next((row for row in near if _width(row) >= width and not row.fault), near[0]), 0


def _width(row: Row) -> int:
    """Return the number of cells up to the last that is not empty."""
    return max((place for place, cell in enumerate(row.cells, start=1) if cell.strip()), default=0)


def _most(widths: Iterable[int]) -> int:
    """Return the width that occurs most often, the greatest of equals."""
    counted = Counter(widths)
    return max(counted, key=lambda width: (counted[width], width), default=1)


def _shape(rows: Sequence[Row], header: Row) -> float:
    """Return how much ``rows`` look like a table under ``header``: many columns, all rows alike, names on top."""
    width = _most(len(row.cells) for row in rows if not row.fault)
    if width == 1:
        return 0.5
    score = width * sum(len(row.cells) == width and not row.fault for row in rows) / len(rows)
    names = [squash(cell) for cell in header.cells]
    if not all(any(map(str.isalpha, name)) for name in names) or len({*names}) < len(names):
        score *= _NO_NAMES
    return score * (_TITLED if header is not rows[0] else 1)
