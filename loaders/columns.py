"""Cells as typed values. What cannot be read is an error with its reason, never a guess."""

from collections.abc import Callable, Mapping

from graph_app.dates import PartialDate, parse
from graph_app.errors import N_, PeyvandError
from graph_app.text import clean, latin_digits
from graph_app.vocabulary import vocabulary
from loaders.mapping import Column

Value = str | int | float | bool | PartialDate | tuple[str, ...] | None

_BOOLEANS = {"yes": True, "true": True, "1": True, "بله": True, "no": False, "false": False, "0": False, "خیر": False}


class CellError(PeyvandError):
    """A cell cannot be read as its column says."""


def value(cell: str, column: Column) -> Value:
    """Return the value of ``cell``; None if it is empty.

    Raises
    ------
    CellError, DateError
        If the cell cannot be read as ``column.type`` says, or is empty and required.

    """
    text = cell.strip() if column.type == "verbatim" else clean(cell)
    if not text:
        if column.required:
            raise CellError(N_("The cell is empty; a value is required."))
        return None
    return _CONVERTERS[column.type](text, column)


def _key(text: str, _: Column) -> str:
    if any(character.isspace() or character in "|,;\"'\\" for character in text):
        raise CellError(N_("“%(text)s” is not a key: no spaces, quotes, commas or bars."), text=text)
    return latin_digits(text)


def _text(text: str, _: Column) -> str:
    return text


def _names(text: str, _: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in map(clean, text.split("|")) if part))


def _integer(text: str, _: Column) -> int:
    try:
        return int(latin_digits(text).replace("٬", "").replace(",", ""))
    except ValueError:
        raise CellError(N_("“%(text)s” is not a whole number."), text=text) from None


def _decimal(text: str, _: Column) -> float:
    try:
        return float(latin_digits(text).replace("٫", "."))
    except ValueError:
        raise CellError(N_("“%(text)s” is not a number."), text=text) from None


def _boolean(text: str, _: Column) -> bool:
    if text.lower() not in _BOOLEANS:
        raise CellError(N_("“%(text)s” is neither yes nor no."), text=text)
    return _BOOLEANS[text.lower()]


def _date(text: str, column: Column) -> PartialDate:
    return parse(text, column.calendar)


def _word(text: str, column: Column) -> str:
    known = words(column.of or "words")
    text = text if text in known else latin_digits(text)
    if text not in known:
        message = N_("“%(text)s” is not a known word of %(list)s. Known are: %(known)s.")
        raise CellError(message, text=text, list=column.of, known=", ".join(sorted(known)))
    return text


def _references(text: str, _: Column) -> tuple[str, ...]:
    for part in text.split("|"):
        if part.count(":") != 1 or not all(part.split(":")):
            raise CellError(N_("“%(text)s” is not a reference such as place:mashhad."), text=part)
    return tuple(text.split("|"))


def words(of: str) -> Mapping[str, object]:
    """Return the vocabulary list that ``of`` names, such as ``statuses`` or ``kinds.Agreement``."""
    name, _, part = of.partition(".")
    found: Mapping[str, object] = getattr(vocabulary(), name)
    if not part:
        return found
    inner = found[part]
    return inner if isinstance(inner, Mapping) else {}


_CONVERTERS: Mapping[str, Callable[[str, Column], Value]] = {
    "key": _key,
    "text": _text,
    "verbatim": _text,
    "name": _text,
    "names": _names,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "word": _word,
    "references": _references,
    "ignore": lambda _text, _column: None,
}
