"""The text of a date, taken apart: digits or words, Persian or Latin, in any of the orders that are not ambiguous.

Nothing is guessed. A text that can be two dates, a year of two digits, a range, a lunar date and a weekday that does
not fit are errors with a hint.
"""

import re
from typing import Literal, NamedTuple

from graph_app.errors import N_, PeyvandError
from graph_app.months import NAMED_DAYS, NAMED_MONTHS, NAMED_WEEKDAYS, Calendar, alternatives
from graph_app.text import clean, fold, latin_digits

Order = Literal["ymd", "dmy", "mdy"]

_SEPARATOR = r"\s*[-/.\\–−٫؍]\s*"
_YEAR_FIRST = re.compile(rf"(\d{{4}}|XXXX)(?:{_SEPARATOR}(\d{{1,2}}|XX)(?:{_SEPARATOR}(\d{{1,2}}|XX))?)?")
_NO_YEAR = re.compile(r"--(\d{1,2})-(\d{1,2})")
_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{4}})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}})")
_SHORT_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_RANGE = re.compile(r"\d{4}\D+\d{4}|\d\s*(?:تا|الی|until|to|through)\s*\d")

_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
_ZONE = r"(?:[AaPp]\.?[Mm]\.?|ق\.?\s?ظ\.?|ب\.?\s?ظ\.?|Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_TIME_AFTER = re.compile(rf"(?:[T\s،,-]+|(?<=\d)T)(?:ساعت\s*|at\s+)?{_TIME}\s*{_ZONE}$")
_TIME_BEFORE = re.compile(rf"^(?:ساعت\s*)?{_TIME}\s*[-،,]?\s+")
_LEAD = re.compile(r"^(?:(?:روز|مورخه?|تاریخ|سال|on|year)\s+)+", re.IGNORECASE)
_MARKS: tuple[tuple[Calendar | None, re.Pattern[str]], ...] = (
    (None, re.compile(r"[\s(]*(?:هجری\s*قمری|قمری|هـ?\.?\s?ق\.?|(?<=\d)\s*ق\.?|\bAH\b)\)?$")),
    (
        "jalali",
        re.compile(r"[\s(]*(?:هجری\s*شمسی|هجری\s*خورشیدی|شمسی|خورشیدی|هـ?\.?\s?ش\.?|(?<=\d)\s*ش\.?|\bSH\b)\)?$"),
    ),
    ("gregorian", re.compile(r"[\s(]*(?:میلادی|(?<=\d)\s*م\.?|\bA\.?D\.?|\bC\.?E\.?)\)?$")),
)

_MONTH = re.compile(rf"\b({alternatives(NAMED_MONTHS)})(?: ?ماه)?\b")
_DAY = re.compile(rf"\b({alternatives(NAMED_DAYS)})\b")
_SAID_MISSING = re.compile(r"(?:سال ذکر نشده|بدون سال|year not given)$")
_DAY_NUMBER = re.compile(r"(\d{1,2}) ?(?:st|nd|rd|th|ام|م)\b")
_FILLING = frozenset({"ماه", "سال", "of", "the", "de", "مورخ", "روز", "xxxx"})
_MONTHS_IN_A_YEAR = 12
_PLAUSIBLE = range(1250, 2200)  # years that a text of eight digits can mean
_TWO_DIGITS = 2
_LONGEST = 200  # letters of a date, whatever is written around it; what follows may take the square of them


class DateError(PeyvandError):
    """A text is not a date, or names a day that the calendar does not have."""


class Parts(NamedTuple):
    """What the text says; None where it says nothing. Weekdays count from Monday, 0."""

    year: int | None
    month: int | None
    day: int | None
    calendar: Calendar | None = None
    weekday: int | None = None


def parts(text: str, order: Order | None = None, century: int | None = None) -> Parts:
    """Return what ``text`` says of year, month and day.

    Parameters
    ----------
    text
        Such as ``1404-09-12``, ``۹ شهریور ۱۴۰۰``, ``8/2010``, ``20 February 2020``, ``XXXX-06-09``.
    order
        What ``01/05/1402`` means; None refuses it. A year first needs no order.
    century
        What is added to a year of two digits, e.g. 1300; None refuses it.

    Raises
    ------
    DateError
        If the text is no date, or can be two.

    """
    if len(text) > _LONGEST:
        raise _no_date("", f"{text[:_LONGEST]}…")
    bare, weekday = _without_weekday(latin_digits(clean(text)))
    bare = _TIME_BEFORE.sub("", _TIME_AFTER.sub("", bare)).strip(" ،,")
    bare, calendar = _without_mark(_LEAD.sub("", bare), text)
    found = _in_digits(bare.upper(), text, order, century) or _in_words(fold(bare), text, century)
    if found is None or found[:3] == (None, None, None):
        raise _no_date(bare, text)
    return Parts(*found[:3], found.calendar or calendar, weekday)


def _without_weekday(text: str) -> tuple[str, int | None]:
    """Take a weekday off the front, in whatever spelling."""
    for length in range(1, 4):  # words; «روز سه شنبه» has most
        head, rest = text.split(maxsplit=length)[:length], text.split(maxsplit=length)[length:]
        name = fold(" ".join(head)).removeprefix("روز ")
        if name in NAMED_WEEKDAYS and not (rest and rest[0].startswith("شنبه")):
            return " ".join(rest).lstrip("،,- "), NAMED_WEEKDAYS[name]
    return text, None


def _without_mark(text: str, written: str) -> tuple[str, Calendar | None]:
    for calendar, pattern in _MARKS:
        if pattern.search(text):
            if calendar is None:
                raise DateError(N_("“%(text)s” is a lunar date; solar and Gregorian ones can be read."), text=written)
            return pattern.sub("", text).strip(), calendar
    return text, None


def _in_digits(bare: str, text: str, order: Order | None, century: int | None) -> Parts | None:
    if found := _YEAR_FIRST.fullmatch(bare):
        year, month, day = (_number(group) for group in found.groups())
        return None if day and not month else Parts(year, month, day)
    if found := _NO_YEAR.fullmatch(bare):
        return Parts(None, int(found[1]), int(found[2]))
    if found := _MONTH_YEAR.fullmatch(bare):
        return Parts(int(found[2]), int(found[1]), None)
    if found := _YEAR_LAST.fullmatch(bare):
        return Parts(int(found[3]), *_ordered(int(found[1]), int(found[2]), text, order))
    if found := _SHORT_YEAR.fullmatch(bare):
        return _short(found, text, order, century)
    if found := _COMPACT.fullmatch(bare):
        return _compact(*found.groups())
    return None


def _number(group: str | None) -> int | None:
    return int(group) if group and group.isdigit() else None


def _ordered(first: int, second: int, text: str, order: Order | None) -> tuple[int, int]:
    """Return month and day of two numbers that stand before a year."""
    if order == "mdy" or (order != "dmy" and second > _MONTHS_IN_A_YEAR):
        return first, second
    if order == "dmy" or first > _MONTHS_IN_A_YEAR or first == second:
        return second, first
    message = N_("“%(text)s” can be two dates: with the day or the month first.")
    raise DateError(message, N_("Say “order: dmy” or “order: mdy” for the column in the mapping."), text=text)


def _short(found: re.Match[str], text: str, order: Order | None, century: int | None) -> Parts:
    if century is None:
        raise _short_year(text)
    first, second, third = (int(group) for group in found.groups())
    if order in {None, "ymd"}:
        return Parts(century + first, second, third)
    return Parts(century + third, *_ordered(first, second, text, order))


def _short_year(text: str) -> DateError:
    message = N_("“%(text)s” has a year of two digits.")
    return DateError(message, N_("Say “century: 1300” or the like for the column in the mapping."), text=text)


def _compact(first: str, second: str, third: str) -> Parts | None:
    """Return eight digits as year, month and day unless their end could be the year."""
    if int(first) in _PLAUSIBLE and int(second + third) not in _PLAUSIBLE:
        return Parts(int(first), int(second), int(third))
    return None


def _in_words(folded: str, text: str, century: int | None) -> Parts | None:
    """Return the parts of a text with the name of a month: ``9 شهریور 1400``, ``february 20 2020``."""
    folded = _SAID_MISSING.sub("", folded).strip()
    months = list(_MONTH.finditer(folded))
    if len(months) != 1:
        return None
    calendar, month = NAMED_MONTHS[months[0][1]]
    before, after = (_numbers(part) for part in (folded[: months[0].start()], folded[months[0].end() :]))
    if before is None or after is None:
        return None
    years = [number for number in before + after if number.isdigit() and len(number) > _TWO_DIGITS]
    short = [number for number in before + after if number not in years]
    if len(years) > 1 or len(short) > _TWO_DIGITS or any(len(year) != 4 for year in years):  # noqa: PLR2004 - digits
        return None
    if not years and after and short[-1].isdigit():  # «شهریور ۹۹», «20 Feb 20»
        if century is None:
            raise _short_year(text)
        years = [str(century + int(short.pop()))]
    if len(short) > 1:
        return None
    return Parts(int(years[0]) if years else None, month, int(short[0].strip("d")) if short else None, calendar)


def _numbers(part: str) -> list[str] | None:
    """Return the numbers in ``part``, one that can only be a day marked by a d; None if other words stand there."""
    part = _DAY.sub(lambda found: f"{NAMED_DAYS[found[1]]}d", part)
    tokens = [token for token in _DAY_NUMBER.sub(r"\1d", part).split() if token not in _FILLING]
    return tokens if all(re.fullmatch(r"\d{4}|\d{1,2}d?", token) for token in tokens) else None


def _no_date(bare: str, text: str) -> DateError:
    if _RANGE.search(bare):
        hint = N_("Give the first and the last day in columns of their own.")
        return DateError(N_("“%(text)s” is a range, not one date."), hint, text=text)
    return DateError(N_("“%(text)s” is not a date such as 1404-09-12, 2025-12-03 or 2013."), text=text)
