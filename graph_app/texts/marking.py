"""The known names in a text, in either script and any spelling: at each place the longest that stands there.

The full-text index gives the entities that the words of a part of the text may name; whether a name stands there is
told by its letters alone, without spaces: «تفاهم نامه», «تفاهم‌نامه» and «تفاهمنامه» are the same there too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.text import fold, squash

_WITHOUT = ("Appointment", "Commitment", "Metric", "Source", "Statement")  # nobody calls these by a name in a text
_PART = 16  # words that are looked up together
_FITTING = 150  # entities that are looked at of each part
_ROWS = 20_000
_LONGEST = 14  # words of a name
_SHORTEST = 3  # letters; fewer are in too many texts by chance
_LETTERS = r"(?:[^\W_][\u064b-\u0655\u0670\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:[\u200c\u200d'’ʻ]{_LETTERS})*")
Spans = tuple[tuple[int, int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Piece:
    """A part of a line, and the entities that it names; several have the same name."""

    text: str
    nodes: tuple[Node, ...] = ()


def marked(store: Store, lines: Mapping[int, str]) -> dict[int, tuple[Piece, ...]]:
    """Return each of ``lines`` as pieces, by its number."""
    spans = spans_in(named(store, lines.values()), lines)
    wanted = sorted({id_ for found in spans.values() for _, _, ids in found for id_ in ids})
    nodes = by_id(store, wanted)
    return {number: tuple(_pieces(line, spans[number], nodes)) for number, line in lines.items()}


def named(store: Store, lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the entities that ``lines`` may name, by the keys of their names."""
    parts = list(_parts(lines))
    if not parts:
        return {}
    parameters = {"parts": parts, "most": _FITTING, "without": list(_WITHOUT)}
    found: dict[str, list[str]] = {}
    for row in store.table(statement("named_in"), parameters, rows=_ROWS):
        for key in (row["keys"] or "").split():
            if len(key) >= _SHORTEST and not key.isdigit():
                found.setdefault(key, []).append(row["id"])
    return {key: tuple(sorted(ids)) for key, ids in found.items()}


def spans_in(names: Mapping[str, tuple[str, ...]], lines: Mapping[int, str]) -> dict[int, Spans]:
    """Return where the ``names`` stand in each of ``lines``: first and last letter, and the entities so called."""
    return {number: tuple(_spans(names, line)) for number, line in lines.items()}


def _parts(lines: Iterable[str]) -> Iterator[str]:
    """Yield full-text queries for the words of ``lines``, and for each two that may be one word to others.

    Folded text holds only letters, digits and spaces: nothing in it means anything to Lucene.
    """
    seen: set[str] = set()
    for line in lines:
        words = fold(line).split()
        terms = [term for term in dict.fromkeys((*words, *map("".join, pairwise(words)))) if term not in seen]
        seen.update(terms)
        terms = [term for term in terms if len(term) >= _SHORTEST]
        for first in range(0, len(terms), _PART):
            yield " ".join(terms[first : first + _PART])


def _spans(names: Mapping[str, tuple[str, ...]], line: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    words = [(match.start(), match.end(), squash(match[0])) for match in _WORD.finditer(line)]
    longest, place = max(map(len, names), default=0), 0
    while place < len(words):
        found, letters = 0, ""
        for after, (_, _, key) in enumerate(words[place : place + _LONGEST], place + 1):
            letters += key
            if len(letters) > longest:
                break
            if letters in names:
                found, named_ = after, letters
        if found:
            yield words[place][0], words[found - 1][1], names[named_]
        place = found or place + 1


def _pieces(line: str, spans: Spans, nodes: Mapping[str, Node]) -> Iterator[Piece]:
    done = 0
    for first, last, ids in spans:
        known = tuple(nodes[id_] for id_ in ids if id_ in nodes)
        if done < first:
            yield Piece(line[done:first])
        yield Piece(line[first:last], known)
        done = last
    if done < len(line):
        yield Piece(line[done:])
