"""Loops within one expression, which Neo4j neither stops when it is told to nor counts the memory of.

Measured on 5.26.30: ``TERMINATE TRANSACTIONS`` and the time limit are noticed between rows only, so that a ``reduce``
over a million ran on for minutes, and ``[x IN range(1, 100000000) | x]`` ended the whole server in six seconds,
whatever ``db.memory.transaction.max`` says. Rows have neither trouble, so ``UNWIND range(…)`` may be of any length.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graph_app.errors import N_
from graph_app.graph.guard.bounds import LONGEST, MOST_COUNTS, Numbers, ends
from graph_app.graph.guard.text import Token, refusal

DEEPEST = 2
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
PREDICATES = frozenset({"all", "any", "none", "single"})
_COMPARING = frozenset({"<", ">", "=", "is"})


def check(statement: str, found: Sequence[Token], values: Mapping[str, Any]) -> None:
    """Refuse loops that could not be stopped.

    Raises
    ------
    StatementError
        If a ``range`` that is not unwound may be longer than ``LONGEST``, or loops are nested deeper than ``DEEPEST``.

    """
    inside: list[bool] = []
    loops, numbers, closed = 0, Numbers(found, values), ends(found)
    for at, token in enumerate(found):
        if token.kind != "other":
            continue
        if token.word in _OPEN:
            inside.append(is_loop(found, at))
            loops += inside[-1]
            if loops > DEEPEST:
                raise refusal(statement, token.at, _DEEP, most=DEEPEST)
            if at and found[at - 1].word == "range" and not _is_unwound(found, at, closed[at]):
                _check_range(statement, found, at, numbers)
        elif token.word in _CLOSE and inside:
            loops -= inside.pop()


def is_loop(found: Sequence[Token], at: int) -> bool:
    """Return whether what opens here is a list comprehension, a ``reduce`` or a predicate over a list."""
    before = found[at - 1].word if at else ""
    following = [token.word for token in found[at + 1 : at + 3]]
    if found[at].word == "(" and before == "reduce":
        return True
    return len(following) > 1 and following[1] == "in" and (found[at].word == "[" or before in PREDICATES)


def _is_unwound(found: Sequence[Token], at: int, close: int) -> bool:
    """Return whether a range makes rows, and nothing else."""
    after = found[close + 1].word if close + 1 < len(found) else ""
    return at > 1 and found[at - 2].word == "unwind" and after == "as"


def _check_range(statement: str, found: Sequence[Token], at: int, numbers: Numbers) -> None:
    """Refuse a range that opens at ``at`` unless what is written there, or a ``size``, bounds it."""
    length = numbers.length(at)
    if length is None or length.most > LONGEST or length.counts > MOST_COUNTS:
        raise refusal(statement, found[at - 1].at, _LONG, most=LONGEST)


def uses(words: Sequence[str], name: str) -> int:
    """Return how often ``name`` stands among ``words`` other than to be compared."""
    padded = ["", *words, ""]
    around = [{padded[at - 1], padded[at + 1]} for at in range(1, len(padded) - 1) if padded[at] == name]
    return sum(not near & _COMPARING for near in around)


_DEEP = N_("Loops in one expression are nested more than %(most)s deep, and Neo4j cannot stop them; use UNWIND.")
_LONG = N_(
    "This range may have more than %(most)s numbers in an expression, which Neo4j cannot stop; use UNWIND range(…)."
)
