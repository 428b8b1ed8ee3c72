"""Dates as people write them: in either calendar, and often incomplete.

A partial date keeps what was written and gives the first and the last day that it can mean. A date without a year
can mean any day, so it has no bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from persiantools.jdatetime import JalaliDate

from graph_app.date_text import DateError, Order, parts
from graph_app.errors import N_
from graph_app.months import MONTHS, Calendar
from graph_app.text import persian_digits

__all__ = ["Calendar", "DateError", "Order", "PartialDate", "day_in_words", "in_words", "parse", "year_ends", "year_of"]

_OLDEST_GREGORIAN = 1700
_JALALI = (date(622, 3, 22), date(9999, 3, 20))  # the first and the last day that are counted in this calendar
_NO_YEAR = {"fa": "{}، سال ذکر نشده", "en": "{}, year not given"}


@dataclass(frozen=True)
class PartialDate:
    """A date of which the year, the month or the day may be missing.

    Parameters
    ----------
    calendar
        The calendar in which ``year``, ``month`` and ``day`` count.
    year, month, day
        None where the source does not say.
    written
        The text of the source, unchanged.

    """

    calendar: Calendar
    year: int | None
    month: int | None
    day: int | None
    written: str

    @property
    def bounds(self) -> tuple[date, date] | None:
        """First and last day, in the Gregorian calendar, that this date can mean; None without a year."""
        if self.year is None:
            return None
        first_month, last_month = (self.month, self.month) if self.month else (1, 12)
        first = _day(self.calendar, self.year, first_month, self.day or 1)
        if self.day:
            return first, first
        return first, _last_day(self.calendar, self.year, last_month)


def parse(
    text: str, calendar: Calendar | None = None, *, order: Order | None = None, century: int | None = None
) -> PartialDate:
    """Return the date that ``text`` writes, e.g. ``1404-09-12``, ``۹ شهریور ۱۴۰۰``, ``8/2010``, ``XXXX-06-09``.

    Parameters
    ----------
    text
        In digits or in words of either script; year, month or day may be missing; ``XXXX`` stands for an unknown
        year. A weekday in front and a time behind are only kept as written.
    calendar
        Of a date in digits. None takes a year before 1700 as Jalali and a later one as Gregorian. The name of a
        month tells its calendar by itself.
    order, century
        What ``01/05/1402`` and ``99/05/01`` mean; None refuses them.

    Raises
    ------
    DateError
        If the text is no date or can be two, names an impossible day or another weekday than that day has, or has
        neither a year nor a calendar.

    """
    found = parts(text, order, century)
    if found.calendar is None and calendar == "jalali" and (found.year or 0) >= _OLDEST_GREGORIAN:
        message = N_("“%(text)s” counts in the Gregorian calendar, but the column in the Jalali one.")
        raise DateError(message, N_("Leave “calendar” out in the mapping; the year tells it."), text=text)
    calendar = found.calendar or calendar or _calendar_of(found.year, text)
    partial = PartialDate(calendar, found.year, found.month, found.day, text.strip())
    _check(partial)
    if found.weekday is not None and partial.day and partial.bounds and partial.bounds[0].weekday() != found.weekday:
        raise DateError(N_("“%(text)s” names a weekday that this day does not have."), text=text)
    return partial


def in_words(partial: PartialDate, language: str) -> str:
    """Return the date in the words of ``language``, in its own calendar, with what is missing said.

    Examples
    --------
    >>> in_words(parse("XXXX-06-09", "jalali"), "en")
    '9 Shahrivar, year not given'

    """
    month = MONTHS[partial.calendar, language][partial.month - 1] if partial.month else ""
    parts = [str(partial.day or ""), month, str(partial.year or "")]
    words = " ".join(part for part in parts if part)
    if partial.year is None:
        words = _NO_YEAR[language].format(words)
    return persian_digits(words) if language == "fa" else words


def day_in_words(day: date, calendar: Calendar, language: str) -> str:
    """Return the Gregorian ``day`` in the words of ``language``, counted in ``calendar``; if that counts it at all.

    Examples
    --------
    >>> day_in_words(date(9999, 12, 31), "jalali", "en")
    '31 December 9999'

    """
    if calendar == "jalali" and _within(day) != day:
        calendar = "gregorian"
    shown: date | JalaliDate = JalaliDate.to_jalali(day.year, day.month, day.day) if calendar == "jalali" else day
    return in_words(PartialDate(calendar, shown.year, shown.month, shown.day, ""), language)


def year_of(day: date, calendar: Calendar) -> int:
    """Return the year of the Gregorian ``day`` as ``calendar`` counts it; its first or last if it does not."""
    if calendar == "gregorian":
        return day.year
    day = _within(day)
    return int(JalaliDate.to_jalali(day.year, day.month, day.day).year)


def year_ends(first: date, last: date, calendar: Calendar) -> Iterator[tuple[int, date]]:
    """Yield every year that ``calendar`` counts from ``first`` to ``last``, with its last day (Gregorian)."""
    for year in range(year_of(first, calendar), year_of(last, calendar) + 1):
        yield year, _last_day(calendar, year, 12)


def _within(day: date) -> date:
    """Return the day if the Jalali calendar counts it, else the nearest one that it does."""
    return min(max(day, _JALALI[0]), _JALALI[1])


def _calendar_of(year: int | None, text: str) -> Calendar:
    if year is None:
        raise DateError(N_("“%(text)s” has no year, so its calendar must be said by the mapping."), text=text)
    return "gregorian" if year >= _OLDEST_GREGORIAN else "jalali"


def _check(partial: PartialDate) -> None:
    """Refuse a day that no year has (31 Mehr) or, with a year, that this year does not have (30 Esfand 1402)."""
    year = partial.year or (1403 if partial.calendar == "jalali" else 2024)  # a leap year of each
    try:
        _day(partial.calendar, year, *(1 if part is None else part for part in (partial.month, partial.day)))
    except (ValueError, OverflowError):
        raise DateError(N_("“%(text)s” is not a day of the calendar."), text=partial.written) from None


def _day(calendar: Calendar, year: int, month: int, day: int) -> date:
    if calendar == "gregorian":
        return date(year, month, day)
    converted: date = JalaliDate(year, month, day).to_gregorian()
    return converted


def _last_day(calendar: Calendar, year: int, month: int) -> date:
    for day in (31, 30, 29):
        try:
            return _day(calendar, year, month, day)
        except ValueError:
            continue
    return _day(calendar, year, month, 28)
