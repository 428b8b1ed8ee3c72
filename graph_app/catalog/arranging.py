"""The rows of an answer as a reader wants them: those that hold some words, in the order of one column, added up."""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from graph_app.graph.results import Node, Position, Tie
from graph_app.keys import names_of
from graph_app.picture import name_of
from graph_app.text import fold
from graph_app.vocabulary import vocabulary

Row = tuple[Any, ...]
_LETTERS = "ءآأاإبپتثجچحخدذرزژسشصضطظعغفقکكگلمنوؤهیئي"  # in the order of the Persian alphabet
_ORDER = str.maketrans({letter: chr(0xE000 + at) for at, letter in enumerate(_LETTERS)})
_SEVERAL = 2
_NUMBER, _DAY, _TEXT, _NOTHING = range(4)


def arranged(
    rows: Sequence[Row], *, column: int | None = None, descending: bool = False, text: str = "", language: str = "en"
) -> Sequence[Row]:
    """Return those of ``rows`` that hold every word of ``text``, in the order of ``column`` or as they came.

    Parameters
    ----------
    rows
        The rows of an answer.
    column
        Position of the column; numbers come before days and texts, names stand in the order of their alphabet, and
        what is missing comes last either way.
    descending
        Whether the greatest comes first.
    text
        Words in any spelling, looked for in names and words of all columns.
    language
        The language in which entities are called, ``en`` or ``fa``.

    """
    words = fold(text).split()
    found = [row for row in rows if _holds(row, words)] if words else rows
    if column is None:
        return found
    keyed = [(_key(row[column], language), row) for row in found]
    known = [pair for pair in keyed if pair[0][0] != _NOTHING]
    missing = [row for key, row in keyed if key[0] == _NOTHING]
    return [*(row for _, row in sorted(known, key=itemgetter(0), reverse=descending)), *missing]


def totals(rows: Sequence[Row], columns: int) -> list[float | None]:
    """Return for each column the sum of its numbers; None if it does not hold several, and nothing else."""
    return [_total([row[at] for row in rows if row[at] is not None]) for at in range(columns)]


def _total(values: Sequence[Any]) -> float | None:
    if len(values) < _SEVERAL or not all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    ):
        return None
    return float(sum(values)) if any(isinstance(value, float) for value in values) else int(sum(values))


def _holds(row: Row, words: Sequence[str]) -> bool:
    told = fold(" ".join(_told(list(row))))
    return all(word in told for word in words)


def _told(value: Any) -> list[str]:  # noqa: ANN401 - any cell
    match value:
        case None:
            return []
        case Node():
            return [*names_of(value.properties), value.id]
        case Tie():
            known = vocabulary().types.get(value.type)
            return [known.phrase.en, known.phrase.fa] if known else [value.type]
        case str():
            return [value, *(vocabulary().value("status", value, language) for language in ("en", "fa"))]
        case list() | tuple():
            return [text for item in value for text in _told(item)]
    return [str(value)]


def _key(value: Any, language: str) -> tuple[int, Any]:  # noqa: ANN401 - any cell
    match value:
        case None | [] | "":
            return _NOTHING, ""
        case bool():
            return _NUMBER, int(value)
        case int() | float():
            return _NUMBER, value
        case date():
            return _DAY, value.isoformat()
        case Node():
            return _TEXT, fold(name_of(value, language)).translate(_ORDER)
        case Position():
            return _TEXT, str(value)
        case list() | tuple():
            return _key(value[0], language)
    return _TEXT, fold(str(value)).translate(_ORDER)
