"""When the occasions that agreements promise to keep come round: solar, lunar and Gregorian days of a year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from graph_app import yaml_files
from graph_app.dates import year_of
from graph_app.keys import names_of
from graph_app.text import squash

_FILE = Path(__file__).with_name("occasions.yaml")
LUNAR = "lunar"
_LUNAR_YEARS = range(1343, 1501)  # what the Umm al-Qura tables hold


@dataclass(frozen=True)
class Occasion:
    """A time of the year: the calendar in which it is kept, its first day as (month, day), how many days it lasts."""

    calendar: str
    first: tuple[int, int]
    days: int

    def between(self, since: date, until: date) -> Iterator[tuple[date, date]]:
        """Yield its first and last day for each time that it touches the days from ``since`` to ``until``.

        Lunar days follow the Umm al-Qura calendar; where the month begins when the moon is seen, they may be a day or
        two later.
        """
        for year in range(_year(self.calendar, since) - 1, _year(self.calendar, until) + 1):
            first = _day(self.calendar, year, *self.first)
            last = first + timedelta(days=self.days - 1) if first else None
            if first and last and first <= until and last >= since:
                yield first, last


def occasion(properties: Mapping[str, Any]) -> Occasion | None:
    """Return when the topic with these names comes round; None if nobody has told."""
    return next((_known()[key] for name in names_of(properties) if (key := squash(name)) in _known()), None)


@cache
def _known() -> dict[str, Occasion]:
    entries = yaml_files.read(_FILE)
    return {
        squash(name): Occasion(entry["calendar"], tuple(entry["first"]), entry["days"])
        for entry in entries
        for name in entry["names"]
    }


def _year(calendar: str, day: date) -> int:
    if calendar == "jalali":
        return year_of(day, "jalali")
    if calendar == LUNAR:
        try:
            return Gregorian(day.year, day.month, day.day).to_hijri().year
        except (OverflowError, ValueError):
            return 0
    return day.year


def _day(calendar: str, year: int, month: int, day: int) -> date | None:
    """Return a day of a calendar as a Gregorian one; None where the tables end."""
    if calendar == LUNAR and year not in _LUNAR_YEARS:
        return None
    try:
        if calendar == "jalali":
            found: date = JalaliDate(year, month, day).to_gregorian()
            return found
        if calendar == LUNAR:
            there = Hijri(year, month, day).to_gregorian()
            return date(there.year, there.month, there.day)
        return date(year, month, day)
    except ValueError:
        return None
