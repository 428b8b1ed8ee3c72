"""Cells as typed values. What cannot be read is an error with its reason, never a guess."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from graph_app.dates import PartialDate, parse
from graph_app.errors import N_, PeyvandError
from graph_app.graph.results import Position
from graph_app.lifecycle.terms import certain_term
from graph_app.text import clean, fold, latin_digits, squash
from loaders.column_rules import Column, words
from loaders.exact import value_of

Value = str | int | float | bool | PartialDate | date | datetime | time | Position | tuple[Any, ...] | None

_YES = "yes y true t 1 on بله بلی آری دارد هست است صحیح درست ✓ ✔"
_NO = "no n false f 0 off خیر نه ندارد نیست غلط نادرست ✗ ✘"
_BOOLEANS = dict.fromkeys(map(clean, _YES.split()), True) | dict.fromkeys(map(clean, _NO.split()), False)
_MINUS = str.maketrans({"−": "-", "٫": ".", "٬": "'", "’": "'"})
_SIGNED = re.compile(r"([+-]?)(\d[\d.,' ]*)")
_GROUPED = r"\d{{1,3}}(?:{0}\d{{3}})+"
_WHOLE = re.compile(rf"\d+|{_GROUPED.format(',')}|{_GROUPED.format(chr(39))}|{_GROUPED.format(' ')}")
_POINTED = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_MINUTE = re.compile(r"[+-]?[0-9]([.,][0-9]+)?[eE]-[0-9]{1,2}")
_ALSO_GROUPED = re.compile(r"[1-9]\d{0,2},\d{3}")
_NOT_IN_KEY = re.compile(r"[\s|,;\"'\\]")
_SHOWN_WORDS = 12
_EARLIEST_JALALI, _LATEST_JALALI = 1250, 1500


class CellError(PeyvandError):
    """A cell cannot be read as its column says."""


def value(cell: str, column: Column) -> Value:
    """Return the value of ``cell``; None if it is empty or one of the words for nothing.

    Raises
    ------
    CellError, DateError, ExactError
        If the cell cannot be read as ``column.type`` says, is out of range, or is empty and required.

    """
    if column.type == "exact":
        return _filled(value_of(cell, column.holds), column)
    text = cell.strip() if column.type == "verbatim" else clean(cell)
    if not text or (column.nulls and clean(text).casefold() in column.null_words):
        return _filled(None, column)
    found = _CONVERTERS[column.type](text, column)
    if column.range:
        _check_range(found, text, column)
    return found


def spread(found: dict[str, Any], name: str, item: Value) -> None:
    """Put the graph properties of one value into ``found``: a date is three."""
    if isinstance(item, PartialDate):
        found[f"{name}_written"] = item.written
        if item.bounds:
            found[f"{name}_earliest"], found[f"{name}_latest"] = item.bounds
    else:
        found[name] = list(item) if isinstance(item, tuple) and not isinstance(item, Position) else item


def _filled(found: Value, column: Column) -> Value:
    if found is None and column.required:
        raise CellError(N_("The cell is empty; a value is required."))
    return found


def _check_range(found: Value, text: str, column: Column) -> None:
    """Refuse what is certainly outside; a partial date is outside if no day that it can mean is inside."""
    low, high = column.limits
    first, last = found.bounds or (None, None) if isinstance(found, PartialDate) else (found, found)
    if (low is not None and _less(last, low)) or (high is not None and _less(high, first)):
        message = N_("“%(text)s” is outside the range from %(low)s to %(high)s.")
        low_, high_ = ("…" if limit is None else limit for limit in (low, high))
        raise CellError(message, text=text, low=low_, high=high_)


def _less(one: object, other: object) -> bool:
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    return isinstance(one, int | float) and isinstance(other, int | float) and one < other


def _key(text: str, _: Column) -> str:
    if _NOT_IN_KEY.search(text):
        raise CellError(N_("“%(text)s” is not a key: no spaces, quotes, commas or bars."), text=text)
    return latin_digits(text)


def _text(text: str, _: Column) -> str:
    return text


def _names(text: str, column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in map(clean, text.split(column.separator)) if part))


def _integer(text: str, _: Column) -> int:
    """Return a whole number in digits of any script, with or without separators of thousands, or with ``.0``."""
    if text.isascii() and text.isdigit():  # most are
        return int(text)
    found = _SIGNED.fullmatch(latin_digits(text).translate(_MINUS))
    digits = re.sub(r"\.0+$", "", found[2]) if found else ""
    if not found or not _WHOLE.fullmatch(digits):
        raise CellError(N_("“%(text)s” is not a whole number."), text=text)
    return int(found[1] + re.sub(r"\D", "", digits))


def _decimal(text: str, column: Column) -> float:
    """Return a number; a comma is the sign of decimals or of thousands as the text or the mapping tells.

    Spreadsheets write what is near to nothing as ``6E-05``. With ``E+05`` they have lost digits: no guess.
    """
    if column.decimal != "," and _POINTED.fullmatch(text):  # most are
        return float(text)
    if (minute := _MINUTE.fullmatch(text)) and (not minute[1] or column.decimal in {None, minute[1][0]}):
        return float(text.replace(",", "."))
    found = _SIGNED.fullmatch(latin_digits(text).translate(_MINUS))
    plain = _plain_number(found[2], text, column) if found else None
    if not found or plain is None:
        raise CellError(N_("“%(text)s” is not a number."), text=text)
    return float(found[1] + plain)


def _plain_number(digits: str, text: str, column: Column) -> str | None:
    if column.decimal is None and _ALSO_GROUPED.fullmatch(digits) and "٬" not in text:
        message = N_("“%(text)s” can be two numbers: with a comma for thousands or for decimals.")
        raise CellError(message, N_("Say “decimal: .” or “decimal: ,” for the column in the mapping."), text=text)
    for mark, groups in ((".", ",' "), (",", ".' ")):
        if column.decimal not in {None, mark}:
            continue
        whole, _, rest = digits.partition(mark)
        grouped = any(re.fullmatch(_GROUPED.format(re.escape(group)), whole) for group in groups)
        if (whole.isdigit() or grouped) and (rest.isdigit() or not rest) and not digits.endswith(mark):
            return re.sub(r"\D", "", whole) + "." + (rest or "0")
    return None


def _boolean(text: str, _: Column) -> bool:
    found = _BOOLEANS.get(latin_digits(text).casefold())
    if found is None:
        raise CellError(N_("“%(text)s” is neither yes nor no."), text=text)
    return found


def _date(text: str, column: Column) -> PartialDate:
    found = parse(text, column.calendar, order=column.order, century=column.century)
    year = found.year or 0
    if (
        column.calendar == found.calendar == "gregorian"
        and _EARLIEST_JALALI <= year < _LATEST_JALALI
        and not column.range
    ):
        message = N_("“%(text)s” looks like a Jalali date, but the column counts in the Gregorian calendar.")
        hint = N_("Leave “calendar” out in the mapping, and the year tells it, or give the column a “range”.")
        raise CellError(message, hint, text=text)
    return found


def _duration(text: str, _: Column) -> str:
    """Return a length of time as ISO 8601 writes it, such as ``P5Y6M``."""
    found = certain_term(text)
    if found is None or found.kind != "fixed":
        message = N_("“%(text)s” is not a length of time such as “5 years” or «شش ماه».")
        raise CellError(message, text=text)
    return str(found.duration)


def _term(text: str, _: Column) -> str:
    """Return how long an agreement is valid in the words of the file, which must be understood to the last one."""
    if certain_term(text) is None:
        message = N_("“%(text)s” does not say for certain how long something is valid.")
        hint = N_("Such as: 5 years; «پنج سال»; 3 years, renewed automatically; «نامحدود»; until notice.")
        raise CellError(message, hint, text=text)
    return text


def _word(text: str, column: Column) -> str:
    known = words(column.of or "words")
    text = text if text in known else latin_digits(text)
    if text not in known:
        near = ", ".join(get_close_matches(text, known, 3, 0.7))
        hint = N_("Did you mean: %(near)s?") if near else N_("Known are: %(known)s.")
        message = N_("“%(text)s” is not a known word of %(list)s.")
        raise CellError(message, hint, text=text, list=column.of, near=near, known=", ".join(sorted(known)))
    return text


def _translated(text: str, column: Column) -> str:
    """Return our word for the word of the file, in whatever spelling."""
    if (found := column.words.get(squash(text))) is not None:
        return found
    near = get_close_matches(fold(text), {fold(word): word for word in column.values}, n=3)
    shown = [word for word in column.values if fold(word) in near] or list(column.values)[:_SHOWN_WORDS]
    message = N_("“%(text)s” is not among the words of the mapping for this column.")
    hint = N_("Did you mean: %(known)s? Else add the word to the mapping.")
    raise CellError(message, hint, text=text, known="، ".join(shown))


def _references(text: str, _: Column) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in latin_digits(text).split("|"))
    for part in parts:
        if part.count(":") != 1 or not all(part.split(":")):
            raise CellError(N_("“%(text)s” is not a reference such as place:mashhad."), text=part)
    return parts


_CONVERTERS: Mapping[str, Callable[[str, Column], Value]] = {
    "key": _key,
    "text": _text,
    "verbatim": _text,
    "name": _text,
    "names": _names,
    "list": _names,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "duration": _duration,
    "term": _term,
    "word": _word,
    "enum": _translated,
    "lookup": _translated,
    "references": _references,
    "ignore": lambda _text, _column: None,
}
