"""Physical lines as rows. A quote that is out of place costs the row it stands in, never the rows that follow.

A line without a quote is a row. Where quotes stand, a cell is either quoted as RFC 4180 says or has its quotes
inside (``5" pipe``). A quoted cell may run over several lines; if it never ends well, or only by swallowing lines
that are rows themselves, its first line is a faulty row and reading goes on with the next line.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph_app.errors import N_, LoadError
from loaders.reading.rows import Fault, Row

_MOST_LINES, _MOST_TEXT = 1000, 1_000_000  # of one record; a longer one is a quote out of place
_MOST_FAULTY_LINES = 100
_CERTAIN_WIDTH = 4  # from here on, prose that happens to have the commas of a row is out of the question


def records(lines: Iterable[str], delimiter: str, *, width: int | None = None, first: int = 1) -> Iterator[Row]:
    """Yield the rows in ``lines``, which keep their ends; a blank line is a row with one empty cell.

    Parameters
    ----------
    lines
        The physical lines.
    delimiter
        The character between cells.
    width
        How many cells a row should have; None if that is not known yet.
    first
        The number of the first of ``lines``.

    """
    source = _Lines(lines, first)
    grammar = _Grammar(delimiter)
    while (line := source.take()) is not None:
        if '"' not in line:
            yield Row(source.number, tuple(line.rstrip("\r\n").split(delimiter)))
        else:
            yield _Record(source, grammar, width, line).row()


def exact_records(lines: Iterable[str], delimiter: str, *, width: int | None = None, first: int = 1) -> Iterator[Row]:
    """Yield the rows in ``lines`` as ``records`` does, where a program wrote them to the letter of RFC 4180.

    Whatever stands in a quoted cell is a part of it, be it a thousand lines that look like rows.
    """
    source, grammar = _Lines(lines, first), _Grammar(delimiter)
    while (line := source.take()) is not None:
        number, parts, quotes = source.number, [line], line.count('"')
        while quotes % 2 and (more := source.take()) is not None:
            parts.append(more)
            quotes += more.count('"')
        parsed = grammar.parse("".join(parts))
        whole = parsed.whole and (width is None or len(parsed.cells) == width)
        yield Row(number, parsed.cells) if whole else Row(number, ("".join(parts).rstrip("\r\n"),), _misplaced())


def _misplaced() -> Fault:
    message = N_("A quotation mark is out of place; the row cannot be taken apart.")
    hint = N_("Write a quotation mark inside a quoted cell twice, and close every one that opens a cell.")
    return Fault(LoadError(message, hint))


class _Lines:
    """Numbered lines that can be given back."""

    def __init__(self, lines: Iterable[str], first: int) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.number = first - 1

    def take(self) -> str | None:
        line = self._back.popleft() if self._back else next(self._lines, None)
        self.number += line is not None
        return line

    def give_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


@dataclass(frozen=True)
class _Parsed:
    """The cells of a text; ``open`` if its last cell has no end yet, ``bad`` if a quote is out of place."""

    cells: tuple[str, ...]
    open: bool = False
    bad: bool = False
    clean: bool = True  # no quote inside an unquoted cell

    @property
    def whole(self) -> bool:
        return not self.open and not self.bad


class _Grammar:
    """Cells of one delimiter."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        cut = re.escape(delimiter)
        ends = rf"(?={cut}|[\r\n]*\Z)"
        self._quoted = re.compile(rf' *"((?:[^"]|"")*+)" *{ends}')
        self._lenient = re.compile(rf' *"(.*?)"{ends}', re.DOTALL)
        self._open = re.compile(r'"(?:[^"]|"")*+\Z')
        self._plain = re.compile(rf"[^{cut}\r\n]*")

    def parse(self, text: str, *, lenient: bool = False) -> _Parsed:
        quoted, cells, at, clean = self._lenient if lenient else self._quoted, list[str](), 0, True
        while True:
            if found := quoted.match(text, at):
                cells.append(found[1].replace('""', '"'))
            elif not text.startswith('"', at) and (found := self._plain.match(text, at)):
                cells.append(found[0])
                clean = clean and '"' not in found[0]
            else:
                is_open = self._open.match(text, at) is not None
                return _Parsed(tuple(cells), open=is_open, bad=not is_open)
            at = found.end()
            if not text.startswith(self.delimiter, at):
                return _Parsed(tuple(cells), bad=bool(text[at:].strip("\r\n")), clean=clean)
            at += len(self.delimiter)


class _Record:
    """One record that has quotes, from its first line on."""

    def __init__(self, source: _Lines, grammar: _Grammar, width: int | None, line: str) -> None:
        self.source, self.grammar, self.width = source, grammar, width
        self.number, self.lines = source.number, [line]

    def row(self) -> Row:
        parsed = self._parsed()
        taken = len(self.lines)
        if parsed.whole and not self._swallows(parsed):
            self.source.give_back(self.lines[taken:])
            return Row(self.number, parsed.cells)
        return self._faulty()

    def _parsed(self) -> _Parsed:
        """Parse the record, taking lines as long as its last cell is open."""
        parsed, size = self.grammar.parse(self.lines[0]), 0
        while parsed.open and len(self.lines) < _MOST_LINES and size < _MOST_TEXT:
            line = self.source.take()
            if line is None:
                break
            self.lines.append(line)
            size += len(line)
            if '"' in line:
                parsed = self.grammar.parse("".join(self.lines))
        return parsed

    def _swallows(self, parsed: _Parsed) -> bool:
        """Whether the lines that the record took are rows themselves."""
        if len(self.lines) == 1 or self.width is None:
            return False
        at, last = 1, len(self.lines) - 1
        if len(parsed.cells) != self.width or not parsed.clean:
            return self._rows_at(at) > 0
        while at <= last and (length := self._rows_at(at)):
            if length > 1 and self.width < _CERTAIN_WIDTH:
                return False
            at += length
        rows = last < at <= last + 2  # rows that take many more lines than the record are themselves the accident
        return rows or (at == last and self._ends_in_quotes(last))

    def _rows_at(self, at: int) -> int:
        """Return how many lines the row has that begins at the line ``at``; 0 if none does. Lines are taken for it."""
        parsed, end = self.grammar.parse(self.lines[at]), at + 1
        while parsed.open and end - at < _MOST_FAULTY_LINES and self._has(end + 1):
            end += 1
            parsed = self.grammar.parse("".join(self.lines[at:end]))
        fits = parsed.whole and parsed.clean and len(parsed.cells) == self.width
        return end - at if fits else 0

    def _ends_in_quotes(self, last: int) -> bool:
        """Whether the quotes that open and end the record stand inside cells of its first and last lines: ``12"``."""
        parsed = self.grammar.parse(self.lines[last])
        first = self.lines[0].count(self.grammar.delimiter) + 1
        return self.width == len(parsed.cells) == first >= _CERTAIN_WIDTH and parsed.whole

    def _has(self, count: int) -> bool:
        """Take lines until there are ``count``; False if the file has no more."""
        while len(self.lines) < count:
            line = self.source.take()
            if line is None:
                return False
            self.lines.append(line)
        return True

    def _faulty(self) -> Row:
        """Return the faulty row and give back the lines that are none of it."""
        ours = self._ours()
        self.source.give_back(self.lines[ours:])
        text = "".join(self.lines[:ours]).rstrip("\r\n")
        return Row(self.number, (text,), _misplaced())

    def _ours(self) -> int:
        """Return how many lines belong to the faulty record: several if together they have the cells of a row."""
        if self.width is None:
            return 1
        for count in range(1, _MOST_FAULTY_LINES):
            if not self._has(count) or (count > 1 and self._rows_at(count - 1)):
                return 1
            parsed = self.grammar.parse("".join(self.lines[:count]), lenient=True)
            if parsed.whole and len(parsed.cells) == self.width:
                return count
        return 1
