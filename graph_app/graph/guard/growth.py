"""How large a value can become, and how long loops can run, within one expression: Neo4j counts and stops neither.

Measured on 5.26.30: ``WITH s + s + s … AS s`` eight times, 395 bytes, ended the server. So every expression is given
an upper estimate, from what it is made of, in bytes as it travels: a variable counts as often as it stands there, what
a loop returns as often as the list is long, and a name that is bound again keeps the largest it has had. What a
property or a node weighs is not known; the estimate is of growth, not of data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph_app.errors import N_
from graph_app.graph.guard import loops
from graph_app.graph.guard.bounds import Numbers, ends
from graph_app.graph.guard.cases import cases, is_index, is_key
from graph_app.graph.guard.size import NOTHING, NUMBER, UNKNOWN, Size
from graph_app.graph.guard.text import Token, refusal
from graph_app.graph.guard.words import CLAUSES, GROWING, NUMBERS, SMALL, WORDS

LARGEST = 16_000_000  # bytes of one value
MOST_TURNS = 1_000_000  # of a loop within a loop
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


def check(statement: str, found: Sequence[Token], values: Mapping[str, Any]) -> None:
    """Refuse a statement within which something could grow, or loop, beyond what Neo4j survives.

    Raises
    ------
    StatementError
        With the place.

    """
    _Reader(statement, found, values).clauses(0, len(found))


class _Reader:
    """Reads the tokens once, in the order in which they stand."""

    def __init__(self, statement: str, found: Sequence[Token], values: Mapping[str, Any]) -> None:
        self._statement = statement
        self._found = found
        self._known: dict[str, Size] = {}
        self._values = {name: Size.of(value) for name, value in values.items()}
        self._ends = ends(found)
        self._numbers = Numbers(found, values)
        self._cases = cases(found)

    def clauses(self, at: int, end: int, turns: int = 1) -> Size:
        """Read clauses, or an expression; return what the last part comes to."""
        part = whole = NOTHING
        unwinds = False
        while at < end:
            token = self._found[at]
            if token.kind == "name" and token.word in CLAUSES and not is_key(self._found, at):
                part, whole, unwinds = NOTHING, NOTHING, token.word == "unwind"
                at += 1
            elif token.word == "," and token.kind == "other":
                whole, part = whole + part, NOTHING
                at += 1
            elif token.word == "as" and token.kind == "name" and at + 1 < end:
                self._bind(self._found[at + 1].word, part.member() if unwinds else part)
                at += 2
            elif at in self._cases:
                part = self._checked(part.joined(self._case(at, turns)), token)
                at = self._cases[at][-1] + 1
            else:
                size, at = self._value(at, end, turns)
                part = self._checked(part.joined(size), token)
        return whole + part

    def _case(self, at: int, turns: int) -> Size:
        """Return the largest that a ``CASE`` may come to: one of its branches."""
        size, begin = NOTHING, at
        for mark in self._cases[at]:
            found = self.clauses(begin + 1, mark, turns)
            size = size | found if self._found[begin].word in {"then", "else"} else size
            begin = mark
        return size

    def _bind(self, name: str, size: Size) -> None:
        self._known[name] = self._known.get(name, size) | size

    def _value(self, at: int, end: int, turns: int) -> tuple[Size, int]:
        """Return what begins at ``at`` comes to, and where it ends."""
        token = self._found[at]
        if token.kind == "string":
            return Size(len(token.text), len(token.text), len(token.text)), at + 1
        if token.kind == "parameter":
            return self._values.get(token.text.strip("$`"), UNKNOWN), at + 1
        if token.kind == "number":
            return NUMBER, at + 1
        if token.kind == "other":
            if token.word in _OPEN:
                return self._bracket(at, end, "", turns)
            return NOTHING, at + 1
        if token.kind in {"name", "quoted"} and at + 1 < end and self._found[at + 1].word in {"(", "{"}:
            size, after = self._bracket(at + 1, end, token.word, turns)
            if self._found[at + 1].word == "{" and token.word in self._known:
                size = size + self._known[token.word]  # n {.*}
            return size, after
        plain = at == 0 or self._found[at - 1].word not in {".", ":"} or self._inside_map(at)
        if token.kind in {"name", "quoted"} and plain:
            return self._known.get(token.word, Size() if token.word in WORDS else UNKNOWN), at + 1
        return Size(), at + 1

    def _inside_map(self, at: int) -> bool:
        return self._found[at - 1].word == ":" and self._found[at].word in self._known

    def _bracket(self, at: int, end: int, name: str, turns: int) -> tuple[Size, int]:
        """Return what is in the brackets that open at ``at``, and where they end."""
        close = min(self._ends[at], end)
        if name == "reduce":
            size = self._reduced(at, close, turns)
        elif loops.is_loop(self._found, at):
            size = self._loop(at, close, name, turns)
        elif name == "replace":
            size = self._replaced(at, close, turns)
        elif name == "range":
            self.clauses(at + 1, close, turns)
            count = self._numbers.most(at)
            size = Size(8 * count, count, 8)
        elif self._is_pattern(at, close):
            self.clauses(at + 1, close, turns)
            size = self.clauses(self._first(at + 1, close, {"|"}) + 1, close, turns).collected()
        elif self._found[at].word == "[":
            size = self._listed(at, close, turns)
        else:
            size = self._given(self.clauses(at + 1, close, turns), at, name)
        return self._checked(size, self._found[at]), close + 1

    def _given(self, size: Size, at: int, name: str) -> Size:
        """Return what a function makes of ``size``, or a map, or parentheses alone."""
        if name == "collect":
            return size.collected()
        if name in SMALL:
            return Size(number=name in NUMBERS)
        return replace(size, number=size.number and not name and self._found[at].word == "(")

    def _listed(self, at: int, close: int, turns: int) -> Size:
        """Return what a list comes to, whose parts stand between commas; an index is a part of what stands before."""
        total = largest = NOTHING
        begin = at + 1
        while begin < close:
            end = self._first(begin, close, {","})
            part = self.clauses(begin, end, turns)
            total, largest, begin = total + part, part if largest is NOTHING else largest | part, end + 1
        if is_index(self._found, at):
            return NOTHING
        gathered = total.gathered + bool(total.gathered)
        return Size(total.bytes, total.items, largest.bytes, gathered, largest.items, numbers=largest.number)

    def _loop(self, at: int, close: int, name: str, turns: int) -> Size:
        """Read ``[x IN list WHERE … | …]`` or ``any(x IN list WHERE …)``."""
        stop = self._first(at + 3, close, {"where", "|"})
        body = self._first(at + 3, close, {"|"})
        over = self._over(at, stop, turns)
        turns, name_of_each = turns * max(over.items, 1), self._found[at + 1].word
        self._within(name_of_each, over.member(), stop + 1, body, turns)
        if body >= close:  # what is returned is the list, or part of it
            return Size() if name in loops.PREDICATES else over
        each = self._within(name_of_each, over.member(), body + 1, close, turns).times(max(over.items, 1))
        return Size(each.bytes, each.items, each.item, each.gathered + bool(over.gathered or each.gathered))

    def _reduced(self, at: int, close: int, turns: int) -> Size:
        """Read ``reduce(a = …, x IN list | …)``: what is added in each turn, added as often."""
        comma = self._first(at + 1, close, {","})
        body = self._first(comma + 1, close, {"|"})
        if body >= close:  # not Cypher; the server says so
            return self.clauses(at + 1, close, turns)
        start = self.clauses(at + 3, comma, turns)
        over = self._over(comma, body, turns)
        accumulator = self._found[at + 1].word
        words = [token.word for token in self._found[body + 1 : close]]
        if GROWING & set(words) and loops.uses(words, accumulator) > 1:
            raise refusal(self._statement, self._found[at].at, _LARGE, most=LARGEST)
        before = self._known.pop(accumulator, None)
        self._known[accumulator] = NUMBER if start.number else Size()
        each = self._within(self._found[comma + 1].word, over.member(), body + 1, close, turns * max(over.items, 1))
        self._known.pop(accumulator)
        if before:
            self._known[accumulator] = before
        if start.number and each.number:
            return NUMBER
        return start + each.times(max(over.items, 1))

    def _over(self, at: int, stop: int, turns: int) -> Size:
        """Read the list of a loop whose variable stands after ``at``, and refuse one too long within another."""
        over = self.clauses(at + 3, stop, turns)
        unknown = over.gathered and not self._is_read_there(at + 3, stop)
        if turns > 1 and (unknown or turns * over.items > MOST_TURNS):
            raise refusal(self._statement, self._found[at].at, _NESTED)
        return over

    def _is_read_there(self, at: int, stop: int) -> bool:
        """Return whether a list is a pattern or a subquery: going through it takes no longer than reading it.

        The reading can be stopped. So can what follows of it, one row at a time; not what is kept of it in a name.
        """
        if stop - at > 1 and self._found[at].word == "collect" and self._found[at + 1].word == "{":
            return self._ends[at + 1] == stop - 1
        return self._ends.get(at) == stop - 1 and self._is_pattern(at, stop - 1)

    def _is_pattern(self, at: int, close: int) -> bool:
        """Return whether ``[(a)--(b) | …]`` opens here."""
        begins = self._found[at].word == "[" and not loops.is_loop(self._found, at)
        return begins and self._first(at + 1, close, {"|"}) < close

    def _within(self, name: str, size: Size, at: int, close: int, turns: int) -> Size:
        """Read the body of a loop, in which ``name`` is one item."""
        before = self._known.get(name)
        self._known[name] = size
        found = self.clauses(at, close, turns)
        self._known.pop(name)
        if before is not None:
            self._known[name] = before
        return found

    def _replaced(self, at: int, close: int, turns: int) -> Size:
        """Read ``replace(text, what, by)``: in the worst case every letter makes room for the whole of ``by``."""
        first = self._first(at + 1, close, {","})
        second = self._first(first + 1, close, {","})
        text = self.clauses(at + 1, first, turns)
        self.clauses(first + 1, second, turns)
        by = self.clauses(second + 1, close, turns)
        size = text.bytes * max(by.bytes, 1)
        return Size(size, size, size)

    def _first(self, at: int, close: int, words: frozenset[str] | set[str]) -> int:
        """Return where one of ``words`` stands outside of brackets, or ``close``."""
        while at < close:
            token = self._found[at]
            if token.word in words and token.kind in {"name", "other"}:
                return at
            at = self._ends[at] + 1 if at in self._ends else at + 1
        return close

    def _checked(self, size: Size, token: Token) -> Size:
        if size.bytes > LARGEST:
            raise refusal(self._statement, token.at, _LARGE, most=LARGEST)
        return size


_NESTED = N_(
    "A loop within a loop over a list whose length is not known, or too long, cannot be stopped by Neo4j; use UNWIND."
)
_LARGE = N_(
    "This could grow beyond %(most)s bytes in one expression, which Neo4j cannot stop; use UNWIND, or less repetition."
)
