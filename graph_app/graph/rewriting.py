"""A statement, read as far as its patterns, and written anew with a condition on every node and every tie in them.

A node or tie gets its condition where it stands, ``(n WHERE …)`` and ``-[r WHERE …]->``, and a name if it has none.
What is followed several times, ``[r*1..3]``, is looked at where the next node stands; ``-[…]->+`` is written as the
path that it stands for. A pattern within an expression may bring no names, so it becomes the ``EXISTS { … }`` that it
means. What cannot be read is refused.
"""

from collections.abc import Callable, Sequence
from itertools import count, takewhile

from graph_app.graph.guard.text import Token
from graph_app.graph.syntax import CLOSING, Syntax

_AFTER_PATTERNS = frozenset(
    {"match", "optional", "with", "return", "unwind", "call", "union", "order", "limit", "skip", "offset", "where"}
    | {"finish", "filter", "let", "next", "using"}
)
_OPENING = _AFTER_PATTERNS - {"where", "using"}
_SHORTEST = frozenset({"shortestpath", "allshortestpaths"})
_SELECTORS = frozenset({"shortest", "any", "all"})
_INDEX = "db.index.fulltext.query"
_SEARCHES = {f"{_INDEX}nodes": "node", f"{_INDEX}relationships": "relationship"}
_NAMESPACES = frozenset({"point", "vector", "duration", "date", "datetime", "time", "localtime", "localdatetime"})
_PLAIN = frozenset({"dbms.components"})  # procedures that tell nothing of what the graph holds


class Rewriting(Syntax):
    """One statement.

    Parameters
    ----------
    text, tokens
        The statement, and what counts in it.
    condition
        Returns the condition on what has a name.

    """

    def __init__(self, text: str, tokens: Sequence[Token], condition: Callable[[str], str]) -> None:
        super().__init__(text, tokens)
        self._condition = condition
        self._inserted: list[tuple[int, str]] = []
        self._prefix = next(name for name in (f"seen{'_' * n}" for n in count(1)) if name not in text)
        self._named = 0

    def text(self) -> str:
        """Return the statement with its conditions.

        Raises
        ------
        StatementError
            If it holds what is not understood.

        """
        if self._word(0) not in _OPENING:
            raise self._refused(0)
        self._read(0, len(self._tokens))
        self._refuse_stars()
        parts, done = list[str](), 0
        for place, inserted in sorted(self._inserted, key=lambda one: one[0]):  # those of one place stay in order
            parts += [self._text[done:place], inserted]
            done = place
        return "".join([*parts, self._text[done:]])

    def _step(self, at: int) -> int:
        """Read one part of a clause or an expression; return where the next one begins."""
        word, sign, sign_after = self._word(at), self._sign(at), self._sign(at + 1)
        if word in {"exists", "count"} and sign_after == "{" and self._is_pattern(at + 2):
            return self._patterns(at + 2, self._close[at + 1])
        if word == "match" and self._is_word(at) and sign_after in {"", "("}:
            return self._patterns(at + 1, len(self._tokens))
        if word == "call" and self._is_word(at) and sign_after not in {"(", "{"}:
            return self._call(at + 1)
        if sign == "." and self._sign(at + 2) == "(" and self._word(at - 1) not in _NAMESPACES:
            raise self._refused(at + 1)  # a function that a plugin has brought
        if sign == "[" and (path := self._comprehended(at + 1)):
            return self._path(path, self._end_of_path(path))
        if sign == "(" and (end := self._end_of_path(at)) > self._close[at] + 1:
            self._put(self._tokens[at].at, "EXISTS { ")
            self._path(at, end)
            self._put(self._over(end - 1), " }")
            return end
        return at + 1

    def _patterns(self, at: int, end: int) -> int:
        """Read the patterns that stand from ``at`` on; return where they end, at a word or a bracket that closes."""
        begin, stop = at, at
        while stop < end and self._word(stop) not in _AFTER_PATTERNS and self._sign(stop) not in CLOSING:
            stop = self._close.get(stop, stop) + 1
        if stop == begin or self._sign(stop - 1) not in {")", "}", "+", "*"}:
            raise self._refused(stop - 1)
        return self._path(begin, stop)

    def _path(self, at: int, end: int) -> int:
        """Put the conditions into the paths between ``at`` and ``end``; return ``end``."""
        late, selected = "", False
        while at < end:
            sign = self._sign(at)
            selected = selected or self._word(at) in _SELECTORS
            if sign == "(" and self._word(at - 1) in _SHORTEST:
                self._path(at + 1, self._close[at])
            elif sign == "(" and self._is_group(at):
                self._group(at)
            elif sign == "(":
                self._node(at, late)
                late = ""
            elif sign in {"<", "-"}:
                late = self._tie(at)
                if late and selected:
                    raise self._refused(at)
                at = self._end_of_tie(at)
                continue
            elif sign == "[" or late:
                raise self._refused(at)
            at = self._close.get(at, at) + 1
        return end

    def _group(self, at: int) -> None:
        """Read a path in brackets, with the WHERE that it may have."""
        end = self._close[at]
        self._read(self._patterns(at + 1, end), end)

    def _node(self, at: int, late: str) -> None:
        name = self._name(at)
        self._where(at, " AND ".join(filter(None, (self._condition(name), late))))

    def _tie(self, at: int) -> str:
        """Put the condition into a tie; return the condition for the next node, if it has to stand there."""
        begin, after = at, self._end_of_tie(at)
        at += self._sign(at) == "<"
        if self._sign(at + 1) != "[":
            name = self._new()
            self._put(self._over(at), f"[{name} WHERE {self._condition(name)}]")
        elif self._is_repeated(at + 1):
            name, one = self._name(at + 1), self._new()
            seen = (self._condition(text) for text in (one, f"startNode({one})", f"endNode({one})"))
            self._read(at + 2, self._close[at + 1])
            return f"all({one} IN {name} WHERE {' AND '.join(seen)})"
        else:
            self._where(at + 1, self._condition(self._name(at + 1)))
        arrow = self._end_of_arrow(begin)
        if arrow < after:  # followed several times: -[…]->+ means (()-[…]->())+
            first, last = self._new(), self._new()
            self._put(self._tokens[begin].at, f"(({first} WHERE {self._condition(first)})")
            self._put(self._over(arrow - 1), f"({last} WHERE {self._condition(last)}))")
        return ""

    def _is_repeated(self, at: int) -> bool:
        within = takewhile(lambda place: self._word(place) != "where", self._inside(at))
        return any(self._sign(place) == "*" for place in within)

    def _is_pattern(self, at: int) -> bool:
        """Say whether a subquery begins with a pattern, and not with a clause."""
        return self._word(at) not in _OPENING or self._sign(at + 1) == "="

    def _call(self, at: int) -> int:
        """Read the call of a procedure: only searches, whose finds are looked at, and what tells nothing."""
        begin = at
        while self._word(at) or self._sign(at) == ".":
            if self._word(at) == "yield":
                break
            at += 1
        name = "".join(token.word for token in self._tokens[begin:at])
        over = self._close[at] + 1 if self._sign(at) == "(" else at
        if name in _PLAIN:
            return over
        if name not in _SEARCHES or self._word(over) != "yield":
            raise self._refused(begin)
        found, at = "", over + 1
        while self._word(at):
            column, alias = self._tokens[at].text, self._word(at + 1) == "as"
            at += 2 * alias
            found = self._tokens[at].text if column == _SEARCHES[name] else found
            at += 1
            if self._sign(at) != ",":
                break
            at += 1
        if not found:
            raise self._refused(over)
        more = " WITH *" if self._word(at) == "where" else ""
        self._put(self._over(at - 1), f" WHERE {self._condition(found)}{more}")
        return at

    def _where(self, at: int, condition: str) -> None:
        """Add a condition to what stands in these brackets."""
        end = self._close[at]
        where = next((place for place in self._inside(at) if self._word(place) == "where" and self._is_word(place)), 0)
        if where:
            self._put(self._over(where), f" {condition} AND (")
        self._read(at + 1, end)
        self._put(self._tokens[end].at, ")" if where else f" WHERE {condition}")

    def _read(self, at: int, end: int) -> None:
        while at < end:
            at = self._step(at)

    def _name(self, at: int) -> str:
        """Return the name of what stands in the brackets that open here; it gets one if it has none."""
        first, after = at + 1, at + 2
        named = self._sign(after) in {")", "]", ":", "{", "*"} or self._word(after) in {"where", "is"}
        if self._tokens[first].kind in {"name", "quoted"} and (named or self._tokens[after].kind == "parameter"):
            return self._tokens[first].text
        if self._word(first) not in {"", "where", "is"}:
            raise self._refused(first)
        name = self._new()
        self._put(self._over(at), name + " " * bool(self._word(first)))
        return name

    def _new(self) -> str:
        self._named += 1
        return f"{self._prefix}{self._named}"

    def _comprehended(self, at: int) -> int:
        """Return where the path of a pattern comprehension begins, 0 if here is none."""
        path = at + 2 * (self._sign(at + 1) == "=")
        if self._sign(path) != "(" or (end := self._end_of_path(path)) == self._close[path] + 1:
            return 0
        return path if path > at or self._sign(end) == "|" or self._word(end) == "where" else 0

    def _refuse_stars(self) -> None:
        """Refuse ``RETURN *``: it would return what was given a name here."""
        for at in range(len(self._tokens)):
            star = at + 1 + (self._word(at + 1) == "distinct")
            if self._word(at) in {"return", "with"} and self._sign(star) == "*" and self._named:
                raise self._refused(star)

    def _put(self, place: int, text: str) -> None:
        self._inserted.append((place, text))
