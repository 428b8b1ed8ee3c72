"""The texts that people type or put into an address, read as the values that travel over Bolt."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from graph_app.catalog.parameters import ENDS, Parameter, fields
from graph_app.dates import parse
from graph_app.errors import N_, PeyvandError, QuestionError
from graph_app.text import latin_digits

_YES = frozenset({"yes", "true", "1", "on", "بله", "بلی", "آری"})
_NO = frozenset({"no", "false", "0", "off", "خیر", "نه"})
_INTEGER = re.compile(r"[+-]?\d{1,19}")
_NUMBER = re.compile(r"[+-]?\d{1,300}(?:[.٫]\d{1,300})?")
_LARGEST = 2**63 - 1  # of Bolt
_TODAY = re.compile(r"(?:today|امروز)\s*(?P<days>[+-]\s*\d{1,5})?", re.IGNORECASE)
_COMMAS = re.compile(r"[,،]")
_ID = re.compile(r"[a-z]+:\S+")


class BadValueError(PeyvandError):
    """One value cannot be used."""


class ValuesError(QuestionError):
    """A question was asked with values that it cannot take; every one of them is named.

    Parameters
    ----------
    problems
        Name of the parameter to what is wrong with its value.
    values, entities
        What could be read besides, as in ``Reading``.

    """

    def __init__(
        self,
        problems: Mapping[str, PeyvandError],
        values: Mapping[str, Any] | None = None,
        entities: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__("")
        self.problems = problems
        self.values_read = values or {}
        self.entities_read = entities or {}

    def __str__(self) -> str:
        return self.translated(str)

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return one sentence per value, in the language that ``gettext`` speaks."""
        return " ".join(f"{name}: {problem.translated(gettext)}" for name, problem in self.problems.items())


def plain_value(name: str, parameter: Parameter, given: Mapping[str, str], today: date) -> Any:  # noqa: ANN401
    """Return the value of the parameter ``name``; None if it may be left out and is.

    Entities and choices from a query are only looked at as text: what they name is known to the graph alone.

    Parameters
    ----------
    name, parameter
        What is read.
    given
        Texts by field, as in a form.
    today
        The day that ``today`` means.

    Raises
    ------
    PeyvandError
        If the text cannot be read as this type, with a sentence that says why.

    """
    texts = [given.get(field, "").strip() for field in fields(name, parameter)]
    if not any(texts):
        if parameter.must_be_given:
            raise BadValueError(N_("Fill this in."))
        return [] if parameter.many else None
    if parameter.type == "date_range":
        return _range(texts, today)
    if parameter.many:
        return [_one(parameter, text, today) for part in _COMMAS.split(texts[0]) if (text := part.strip())]
    return _one(parameter, texts[0], today)


def looks_like_id(text: str) -> bool:
    """Return whether ``text`` is written like the id of an entity, such as ``place:mashhad``."""
    return bool(_ID.fullmatch(text))


def _one(parameter: Parameter, text: str, today: date) -> Any:  # noqa: ANN401
    return _READERS[parameter.type](parameter, text, today)


def _text(_parameter: Parameter, text: str, _today: date) -> str:
    return text


def _integer(parameter: Parameter, text: str, _today: date) -> int:
    digits = latin_digits(text)
    if not _INTEGER.fullmatch(digits) or abs(int(digits)) > _LARGEST:
        raise BadValueError(N_("“%(text)s” is not a whole number."), text=text)
    _within(parameter, int(digits))
    return int(digits)


def _number(parameter: Parameter, text: str, _today: date) -> float:
    digits = latin_digits(text)
    value = float(digits.replace("٫", ".")) if _NUMBER.fullmatch(digits) else math.nan
    if not math.isfinite(value):
        raise BadValueError(N_("“%(text)s” is not a number."), text=text)
    _within(parameter, value)
    return value


def _within(parameter: Parameter, value: float) -> None:
    if parameter.least is not None and value < parameter.least:
        raise BadValueError(N_("It must be at least %(least)s."), least=f"{parameter.least:g}")
    if parameter.most is not None and value > parameter.most:
        raise BadValueError(N_("It must be at most %(most)s."), most=f"{parameter.most:g}")


def _boolean(_parameter: Parameter, text: str, _today: date) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise BadValueError(N_("“%(text)s” is neither yes nor no."), text=text)
    return word in _YES


def _date(_parameter: Parameter, text: str, today: date) -> date:
    first, last = _bounds(text, today)
    if first != last:
        raise BadValueError(N_("“%(text)s” is not one day; write its year, month and day."), text=text)
    return first


def _range(texts: list[str], today: date) -> dict[str, date | None]:
    """Return the first and the last day; a year or a month alone stands for all its days, nothing for no limit."""
    first = _bounds(texts[0], today)[0] if texts[0] else None
    last = _bounds(texts[1], today)[1] if texts[1] else None
    if first and last and first > last:
        raise BadValueError(N_("The first day is after the last one."))
    return dict(zip(ENDS, (first, last), strict=True))


def _bounds(text: str, today: date) -> tuple[date, date]:
    if relative := _TODAY.fullmatch(latin_digits(text)):
        days = (relative["days"] or "0").replace(" ", "")
        try:
            day = today + timedelta(days=int(days))
        except OverflowError:
            raise BadValueError(N_("“%(text)s” is not a day of the calendar."), text=text) from None
        return day, day
    bounds = parse(text).bounds
    if bounds is None:
        raise BadValueError(N_("“%(text)s” has no year."), text=text)
    return bounds


def _choice(parameter: Parameter, text: str, _today: date) -> str:
    if isinstance(parameter.values, str):
        return text
    values = [choice.value for choice in parameter.values]
    return chosen(text, values)


def chosen(text: str, values: list[str]) -> str:
    """Return ``text`` if it is one of ``values``; raise the sentence that lists them if not."""
    if text not in values:
        listed = ", ".join(values[:20])
        raise BadValueError(N_("“%(text)s” is not one of the choices: %(values)s."), text=text, values=listed)
    return text


_READERS: Mapping[str, Callable[[Parameter, str, date], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "choice": _choice,
    "entity": _text,
}
