"""Which whole numbers an expression may come to, as far as the text tells: for the ends of a ``range``.

A name is looked at wherever it is bound, whatever the order: what it may be is all of that together. Who counts what is
there already (``size`` of a list that rows have brought) may go through as many numbers; the length of a ``range`` is
no such count, because a range takes no room until it is gone through.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph_app.graph.guard.text import Token

LONGEST = 2000  # numbers of a range within an expression
USUAL = 1000  # members that a list is thought to have
MOST_COUNTS = 4  # lists whose sizes are added up
_DIGITS = 18  # of a number that is looked at
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_COUNTS = frozenset({"size", "length"})
_LENGTHENING = frozenset({"+", "||", "reduce", "allreduce"})
_BEGINS = frozenset({"with", "return", "unwind", "distinct", "yield", "call", "where", "match", "union", "limit"})
_OUTER = 1  # the sign of a bracket that is none: the whole statement

Span = tuple[int, int]


@dataclass(frozen=True)
class Bounds:
    """The least and the most of a number, besides so many sizes of lists that exist."""

    least: int
    most: int
    counts: int = 0

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.least + other.least, self.most + other.most, self.counts + other.counts)

    def __neg__(self) -> "Bounds":
        return Bounds(-self.most, -self.least, self.counts)

    def __or__(self, other: "Bounds") -> "Bounds":
        return Bounds(min(self.least, other.least), max(self.most, other.most), max(self.counts, other.counts))


def ends(found: Sequence[Token]) -> dict[int, int]:
    """Return where each bracket closes; one that does not, at the end."""
    opened: list[int] = []
    ends: dict[int, int] = {}
    for at, token in enumerate(found):
        if token.kind == "other" and token.word in _OPEN:
            opened.append(at)
        elif token.kind == "other" and token.word in _CLOSE and opened:
            ends[opened.pop()] = at
    return ends | dict.fromkeys(opened, len(found))


class Numbers:
    """What the numbers in one statement may be.

    Parameters
    ----------
    found
        Its tokens.
    values
        The values of its parameters.

    """

    def __init__(self, found: Sequence[Token], values: Mapping[str, Any]) -> None:
        self._found = found
        self._values = values
        self._ends = ends(found)
        self._plain: dict[str, list[Span]] = {}  # name to what it is
        self._members: dict[str, list[Span]] = {}  # name to the lists that it goes through
        self._unknown: set[str] = set()
        for name, span, goes_through in self._bindings():
            (self._members if goes_through else self._plain).setdefault(name, []).append(span)
        self._asked: set[tuple[str, str]] = set()

    def length(self, at: int) -> Bounds | None:
        """Return how many numbers the range has whose parenthesis opens at ``at``; None if that is not known."""
        parts = [self._sum(span) for span in self._parts(at)]
        if len(parts) not in {2, 3} or parts[0] is None or parts[1] is None:
            return None
        step = parts[2] if len(parts) > 2 else None  # noqa: PLR2004 - from, to, step
        least = min(abs(step.least), abs(step.most)) if step and step.least * step.most > 0 and not step.counts else 1
        span = max(parts[1].most - parts[0].least, parts[0].most - parts[1].least, 0)
        return Bounds(0, span // least + 1, parts[0].counts + parts[1].counts)

    def most(self, at: int) -> int:
        """Return the same as a number, for estimates; a list that is counted is thought to be as long as most."""
        length = self.length(at)
        return min(length.most, LONGEST) if length and not length.counts else USUAL

    def _bindings(self) -> Iterator[tuple[str, Span, bool]]:
        """Yield each name that is bound to an expression, where that stands, and whether to its members."""
        starts, through = [0], [False]
        for at, token in enumerate(self._found):
            if token.kind == "other" and token.word in _OPEN:
                starts.append(at + 1)
                through.append(False)
                yield from self._looped(at)
            elif token.kind == "other" and token.word in _CLOSE and len(starts) > _OUTER:
                starts.pop()
                through.pop()
            elif token.word == "," and token.kind == "other":
                starts[-1] = at + 1
            elif token.kind == "name" and token.word in _BEGINS:
                starts[-1], through[-1] = at + 1, token.word == "unwind"
            elif token.kind == "name" and token.word == "as" and at + 1 < len(self._found):
                yield self._found[at + 1].word, (starts[-1], at), through[-1]

    def _looped(self, at: int) -> Iterator[tuple[str, Span, bool]]:
        """Yield the names that a loop binds which opens at ``at``; what a ``reduce`` adds up to is not known."""
        close, before = self._ends[at], self._found[at - 1].word if at else ""
        inside = range(at + 1, min(close, len(self._found)))
        if before in {"reduce", "allreduce"} and close > at + 1:
            self._unknown.add(self._found[at + 1].word)
        place = at + 1
        while place in inside:
            if self._found[place].word == "in" and self._found[place - 2].word in {"[", "(", ","}:
                yield self._found[place - 1].word, (place + 1, self._until(place + 1, close)), True
            place = self._ends.get(place, place) + 1

    def _until(self, at: int, close: int) -> int:
        """Return where the list of a loop ends."""
        while at < close and self._found[at].word not in {"where", "|", ","}:
            at = self._ends.get(at, at) + 1
        return min(at, close)

    def _parts(self, at: int) -> list[Span]:
        """Return what stands between the commas in the brackets that open at ``at``."""
        parts, start, place, close = [], at + 1, at + 1, min(self._ends[at], len(self._found))
        while place < close:
            if self._found[place].word == ",":
                parts.append((start, place))
                start = place + 1
            place = self._ends.get(place, place) + 1
        return [*parts, (start, close)] if close > start else parts

    def _sum(self, span: Span) -> Bounds | None:
        """Return what terms with plus and minus between them come to."""
        at, end = span
        total, sign = None, 1
        while at < end:
            while at < end and self._found[at].word in {"+", "-"}:
                sign, at = -sign if self._found[at].word == "-" else sign, at + 1
            term, at = self._term(at, end)
            if term is None or (at < end and self._found[at].word not in {"+", "-"}):
                return None
            term = term if sign > 0 else -term
            total, sign = term if total is None else total + term, 1
        return total

    def _term(self, at: int, end: int) -> tuple[Bounds | None, int]:
        """Return what one number, name or size may be, and where it ends."""
        token = self._found[at] if at < end else None
        if token is None:
            return None, at
        if token.kind == "number":
            known = token.text.isdecimal() and len(token.text) <= _DIGITS
            return Bounds(int(token.text), int(token.text)) if known else None, at + 1
        if token.kind == "parameter":
            value = self._values.get(token.text[1:].strip("`"))
            return Bounds(value, value) if isinstance(value, int) else None, at + 1
        if token.kind == "name" and token.word in _COUNTS and at + 1 < end and self._found[at + 1].word == "(":
            return self._size(at + 1), self._ends[at + 1] + 1
        return (self._named(token.word) if token.kind in {"name", "quoted"} else None), at + 1

    def _named(self, name: str) -> Bounds | None:
        if name in self._unknown or ("number", name) in self._asked:
            return None
        self._asked.add(("number", name))
        told = [self._sum(span) for span in self._plain.get(name, []) if not self._is(span, name)]
        told += [self._each(span) for span in self._members.get(name, [])]
        self._asked.discard(("number", name))
        return _all(told)

    def _each(self, span: Span) -> Bounds | None:
        """Return what the members of a list may be: of numbers in brackets, of a range, or of a name of such."""
        at, end = span
        if at >= end:
            return None
        if self._found[at].word == "[" and self._ends[at] == end - 1:
            return _all([self._sum(part) for part in self._parts(at)])
        if self._is_range(span):
            return _all([self._sum(part) for part in self._parts(at + 1)[:2]])
        name = self._found[at].word
        if end - at > 1 or self._found[at].kind not in {"name", "quoted"} or ("list", name) in self._asked:
            return None
        self._asked.add(("list", name))
        told = [self._each(one) for one in self._plain.get(name, []) if not self._is(one, name)]
        self._asked.discard(("list", name))
        return None if name in self._members or name in self._unknown else _all(told)

    def _size(self, at: int) -> Bounds | None:
        """Return how much a ``size`` counts whose parenthesis opens at ``at``."""
        words = self._words((at + 1, self._ends[at]), frozenset())
        if "range" not in words and not words & self._unknown:
            return Bounds(0, 0, 1)
        return None if words & _LENGTHENING else Bounds(0, LONGEST)

    def _words(self, span: Span, seen: frozenset[str]) -> set[str]:
        """Return the words of which an expression is made, also through the names in it."""
        found = [token for token in self._found[span[0] : span[1]] if token.kind != "string"]
        words = {token.word for token in found}
        words |= {"||" for one, two in pairwise(found) if one.word == two.word == "|"}
        names = {token.word for token in found if token.kind in {"name", "quoted"}} - seen
        spans = [one for name in names for one in self._plain.get(name, [])]
        spans += [one for name in names for one in self._members.get(name, []) if not self._is_range(one)]
        return words.union(*(self._words(one, seen | names) for one in spans))

    def _is_range(self, span: Span) -> bool:
        at, end = span
        return end - at > 1 and self._found[at].word == "range" and self._ends.get(at + 1) == end - 1

    def _is(self, span: Span, name: str) -> bool:
        return span[1] - span[0] == 1 and self._found[span[0]].word == name


def _all(told: Sequence[Bounds | None]) -> Bounds | None:
    """Return what one of several numbers may be; None if one is not known, or there is none."""
    total: Bounds | None = None
    for one in told:
        if one is None:
            return None
        total = one if total is None else total | one
    return total
