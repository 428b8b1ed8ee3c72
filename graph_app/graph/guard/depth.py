"""How deep and how long a statement is: beyond some depth Neo4j answers no more, beyond some length the driver fails.

Measured on 5.26.30: 300 brackets in one another, which is 600 bytes, end a worker of the server with a
``StackOverflowError``, and no answer ever comes, not even to ``EXPLAIN``. A few hundred clauses make a plan so deep
that the driver cannot read it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from graph_app.errors import N_, StatementError
from graph_app.graph.guard.text import Token, refusal

DEEPEST = 50  # brackets, CASE … END, and signs before a value, within one another
MOST_CLAUSES = 100
MOST_SUMS = 100  # the planner took over twelve seconds for x + x + x …, three hundred times
_OPEN, _CLOSE = frozenset({"(", "[", "{", "case"}), frozenset({")", "]", "}", "end"})
_ARITHMETIC = frozenset("+*/%^")
_SIGNS = frozenset({"not", "-", "+", "!"})
_CLAUSES = frozenset({"call", "match", "order", "return", "union", "unwind", "where", "with", "yield"})


def check(statement: str, found: Sequence[Token]) -> None:
    """Refuse what is too deep or too long for the server to answer.

    Raises
    ------
    StatementError
        With the place where it becomes too much.

    """
    for token, depth in _depths(found):
        if depth > DEEPEST:
            raise refusal(statement, token.at, _DEEP, most=DEEPEST)
    clauses = [token for token in found if token.kind == "name" and token.word in _CLAUSES]
    if len(clauses) > MOST_CLAUSES:
        raise refusal(statement, clauses[MOST_CLAUSES].at, _LONG, most=MOST_CLAUSES)
    sums = [token for token in found if token.kind == "other" and token.word in _ARITHMETIC]
    if len(sums) > MOST_SUMS:
        raise refusal(statement, sums[MOST_SUMS].at, _SUMS, most=MOST_SUMS)
    steps = [one for one, two in zip(found, found[2:], strict=False) if one.word == two.word == "."]
    steps += [two for one, two in pairwise(found) if (one.word, two.word) == ("]", "[")]
    if len(steps) > DEEPEST:
        raise refusal(statement, steps[DEEPEST].at, _DEEP, most=DEEPEST)


def check_values(values: Mapping[str, Any]) -> None:
    """Refuse values of parameters that are nested too deep, as ``check`` does for what stands in the text.

    Raises
    ------
    StatementError
        Without a place.

    """
    level: list[Any] = list(values.values())
    for _ in range(DEEPEST):
        inside = [
            one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list | tuple)
        ]
        level = [one for many in inside for one in many]
    if level:
        raise StatementError(_DEEP, most=DEEPEST)


def _depths(found: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield each token with its depth: what is open there, and the signs in a row before each of these."""
    opened: list[tuple[str, int]] = [("", 0)]
    waiting = 0
    for token in found:
        word = token.word if token.kind in {"name", "other"} else ""
        if word in _SIGNS:
            waiting += 1
        else:
            if word in _OPEN:
                opened.append((word, opened[-1][1] + waiting + 1))
            elif word in _CLOSE:
                _close(opened, word)
            waiting = 0
        yield token, opened[-1][1] + waiting


def _close(opened: list[tuple[str, int]], word: str) -> None:
    """Close a CASE by its END only, for ``end`` may be a name; a bracket with every CASE that is open in it."""
    if word == "end":
        if opened[-1][0] == "case":
            opened.pop()
        return
    while len(opened) > 1 and opened.pop()[0] == "case":
        pass


_DEEP = N_("This is nested more than %(most)s deep (brackets, CASE, NOT, a.b.c); write it flatter.")
_LONG = N_("The statement has more than %(most)s clauses; ask in smaller steps.")
_SUMS = N_("The statement has more than %(most)s signs of arithmetic; ask in smaller steps.")
