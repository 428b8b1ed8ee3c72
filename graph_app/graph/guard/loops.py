"""Loops within one expression, which Neo4j neither stops when it is told to nor counts the memory of.

Measured on 5.26.30: ``TERMINATE TRANSACTIONS`` and the time limit are noticed between rows only, so that a ``reduce``
over a million ran on for minutes, and ``[x IN range(1, 100000000) | x]`` ended the whole server in six seconds,
whatever ``db.memory.transaction.max`` says. Rows have neither trouble, so ``UNWIND range(…)`` may be of any length.
"""

import re
from collections.abc import Sequence

from graph_app.errors import N_
from graph_app.graph.guard.text import Token, refusal

LONGEST = 1000  # numbers that a range within an expression may have
DEEPEST = 2
_COUNTED = "size()"  # what a call of one of these is read as; a variable may be called size
_WRITTEN = re.compile(r"(-?\d+),(-?\d+)(?:,(-?\d+))?")  # range(from, to) and range(from, to, step)
_DIGITS = 18  # of a number that is looked at
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
PREDICATES = frozenset({"all", "any", "none", "single"})
_COMPARING = frozenset({"<", ">", "=", "is"})
_COUNTS = frozenset({"size", "length"})  # what they count is there already


def check(statement: str, found: Sequence[Token]) -> None:
    """Refuse loops that could not be stopped.

    Raises
    ------
    StatementError
        If a ``range`` that is not unwound may be longer than ``LONGEST``, or loops are nested deeper than ``DEEPEST``.

    """
    inside: list[bool] = []
    loops = 0
    for at, token in enumerate(found):
        if token.kind != "other":
            continue
        if token.word in _OPEN:
            inside.append(is_loop(found, at))
            loops += inside[-1]
            if loops > DEEPEST:
                raise refusal(statement, token.at, _DEEP, most=DEEPEST)
            if at and found[at - 1].word == "range" and not (at > 1 and found[at - 2].word == "unwind"):
                _check_range(statement, found, at)
        elif token.word in _CLOSE and inside:
            loops -= inside.pop()


def is_loop(found: Sequence[Token], at: int) -> bool:
    """Return whether what opens here is a list comprehension, a ``reduce`` or a predicate over a list."""
    before = found[at - 1].word if at else ""
    following = [token.word for token in found[at + 1 : at + 3]]
    if found[at].word == "(" and before == "reduce":
        return True
    return len(following) > 1 and following[1] == "in" and (found[at].word == "[" or before in PREDICATES)


def _check_range(statement: str, found: Sequence[Token], at: int) -> None:
    """Refuse a range that opens at ``at`` unless its numbers or a ``size`` bound it."""
    parts = _parts(found, at)
    if any(len(text) > _DIGITS for text in parts if text.isdecimal()):
        raise refusal(statement, found[at - 1].at, _LONG, most=LONGEST)
    if written := _WRITTEN.fullmatch("".join(parts)):
        start, end, step = (int(text or 1) for text in written.groups())
        if step and abs(end - start) // abs(step) < LONGEST:
            return
    numbers = [int(text) for text in parts if text.isdecimal()]
    between = [text for text in parts if not text.isdecimal()]
    if set(between) <= {",", "+", "-", _COUNTED} and sum(numbers) <= LONGEST:
        return
    raise refusal(statement, found[at - 1].at, _LONG, most=LONGEST)


def _parts(found: Sequence[Token], at: int) -> list[str]:
    """Return the words between the parentheses, each call of ``size`` or ``length`` as one."""
    parts: list[str] = []
    end, place = _closing(found, at), at + 1
    while place < end:
        word = found[place].word
        if word in _COUNTS and place + 1 < end and found[place + 1].word == "(":
            word, place = _COUNTED, min(_closing(found, place + 1), end)
        parts.append("'" if place < end and found[place].kind == "string" else word)
        place += 1
    return parts


def _closing(found: Sequence[Token], at: int) -> int:
    """Return where the parenthesis that opens at ``at`` closes."""
    depth = 0
    for place in range(at, len(found)):
        if found[place].kind == "other":
            depth += (found[place].word in _OPEN) - (found[place].word in _CLOSE)
        if depth == 0:
            return place
    return len(found)


def uses(words: Sequence[str], name: str) -> int:
    """Return how often ``name`` stands among ``words`` other than to be compared."""
    padded = ["", *words, ""]
    around = [{padded[at - 1], padded[at + 1]} for at in range(1, len(padded) - 1) if padded[at] == name]
    return sum(not near & _COMPARING for near in around)


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


_DEEP = N_("Loops in one expression are nested more than %(most)s deep, and Neo4j cannot stop them; use UNWIND.")
_LONG = N_(
    "This range may have more than %(most)s numbers in an expression, which Neo4j cannot stop; use UNWIND range(…)."
)
