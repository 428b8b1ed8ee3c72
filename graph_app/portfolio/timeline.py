"""Agreements as bars over years: the state of each from day to day, placed on one scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.portfolio.instruments import Instrument
from graph_app.vocabulary import vocabulary

_ENDED = frozenset({"expired", "ended"})
_MARGIN = timedelta(days=366)
_PERIODS = 50_000


@dataclass(frozen=True)
class Stretch:
    """Days in one state: where it begins and how long it is, in 0..1 of the scale; its first and last day."""

    state: str
    start: float
    length: float
    first: date
    last: date


@dataclass(frozen=True)
class Bar:
    """One agreement and its stretches; none if no day of its life is known."""

    instrument: Instrument
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Timeline:
    """The bars between two days, and where ``day`` lies on the scale (0..1)."""

    first: date
    last: date
    today: float
    bars: tuple[Bar, ...]

    def at(self, day: date) -> float:
        """Return where a day lies on the scale, in 0..1."""
        return _at(day, self.first, self.last)


def timeline(store: Store, instruments: Sequence[Instrument], day: date) -> Timeline:
    """Return agreements as bars; what has ended is drawn to its end, what has no end to the edge of the scale."""
    periods = _periods(store, [one.id for one in instruments])
    known = [edge for found in periods.values() for edge in _edges(found, day)]
    first, last = min([*known, day]) - _MARGIN, max([*known, day]) + _MARGIN
    bars = tuple(Bar(one, tuple(_stretches(periods.get(one.id, ()), first, last))) for one in instruments)
    return Timeline(first, last, _at(day, first, last), bars)


Period = tuple[str, date, date]


def _periods(store: Store, ids: Sequence[str]) -> dict[str, list[Period]]:
    """Return (state, first day, last day) by agreement, neighbours of one state as one; the states of its life only."""
    found: dict[str, list[Period]] = {}
    words = vocabulary().statuses
    for row in store.table(statement("portfolio/periods"), {"ids": list(ids)}, rows=_PERIODS):
        state, mine = words[row["status"]].state or "none", found.setdefault(row["id"], [])
        if mine and mine[-1][0] == state:
            mine[-1] = (state, mine[-1][1], row["last"])
        else:
            mine.append((state, row["first"], row["last"]))
    return {id_: [one for one in mine if one[0] not in _ENDED] for id_, mine in found.items()}


def _edges(periods: Sequence[Period], day: date) -> Iterable[date]:
    """Yield first and last days up to ``day`` and of the next few states: what renews itself has states for ever."""
    begun = sum(first <= day for _state, first, _last in periods)
    for _state, first, last in periods[: begun + _NEXT]:
        yield from (edge for edge in (first, last) if date.min < edge < _FAR)


_NEXT = 3  # signed, in force, expiring
_FAR = date(2070, 1, 1)  # what renews itself is counted up to the end of 2075: that is no edge


def _stretches(periods: Iterable[Period], first: date, last: date) -> Iterable[Stretch]:
    for state, begin, end in periods:
        shown = max(begin, first), min(end, last)
        if shown[0] <= shown[1]:
            start = _at(shown[0], first, last)
            yield Stretch(state, start, _at(shown[1], first, last) - start, begin, end)


def _at(day: date, first: date, last: date) -> float:
    whole = (last - first).days or 1
    return min(1.0, max(0.0, (day - first).days / whole))
