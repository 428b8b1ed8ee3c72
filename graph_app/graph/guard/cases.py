"""What a word or a bracket means where it stands; where ``CASE`` begins, parts and ends.

These words may be names too, and ``case + when + then + end`` a sum: what can be read in no other way counts.
"""

import re
from collections.abc import Mapping, Sequence

from graph_app.graph.guard.bounds import ends
from graph_app.graph.guard.text import Token
from graph_app.graph.guard.words import CLAUSES, WORDS

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_MARKS = frozenset({"when", "then", "else"})
_WHOLE = re.compile(r"(?:when then )+(?:else )?")

Cases = dict[int, list[int]]


def is_key(found: Sequence[Token], at: int) -> bool:
    """Return whether a word of the language stands at ``at`` as a name: of a property, a label, an answer."""
    before = found[at - 1].word if at else ""
    after = found[at + 1].word if at + 1 < len(found) else ""
    return before in {".", "as", ":"} or after == ":"


def is_index(found: Sequence[Token], at: int) -> bool:
    """Return whether the bracket at ``at`` takes a part of what stands before it, and makes no list."""
    before = found[at - 1] if at else found[at]
    named = before.kind in {"name", "quoted", "parameter"} and before.word not in WORDS | CLAUSES
    return found[at].word == "[" and (named or (before.kind == "other" and before.word in _CLOSE))


def cases(found: Sequence[Token]) -> Cases:
    """Return for each ``CASE`` where its ``WHEN``, ``THEN``, ``ELSE`` stand and, last, its ``END``."""
    opened: list[list[int]] = [[]]
    whole: Cases = {}
    inside = ends(found)
    for at, token in enumerate(found):
        if token.kind == "other" and token.word in _OPEN:
            opened.append([])
        elif token.kind == "other" and token.word in _CLOSE and len(opened) > 1:
            opened.pop()
        elif token.kind == "name" and token.word == "case" and not is_key(found, at):
            opened[-1].append(at)
        elif token.kind == "name" and token.word == "end" and opened[-1] and not is_key(found, at):
            begin = opened[-1].pop()
            if marks := _marks(found, begin, at, inside):
                whole[begin], inside[begin] = [*marks, at], at
    return whole


def _marks(found: Sequence[Token], begin: int, end: int, inside: Mapping[int, int]) -> list[int]:
    """Return where the words stand that part what is between, outside of what is ``inside``; nothing if it is no case.

    A case has no comma of its own, and what stands before its words is a value, not a sign that waits for one.
    """
    marks, place = [], begin + 1
    while place < end:
        token = found[place]
        if token.word == "," or (token.kind == "name" and token.word == "as"):
            return []
        if token.kind == "name" and token.word in _MARKS and not is_key(found, place):
            marks.append(place)
        place = inside.get(place, place) + 1
    words = "".join(f"{found[at].word} " for at in marks)
    waits = any(found[at - 1].kind == "other" and found[at - 1].word not in _CLOSE for at in [*marks, end])
    return marks if _WHOLE.fullmatch(words) and not waits else []
