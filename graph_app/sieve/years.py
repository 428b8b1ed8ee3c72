"""What begins and what ends in each year of a picture."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from graph_app.dates import Calendar, year_ends
from graph_app.graph.results import Node, Subgraph, Tie

_BEGINS = ("valid_from", "date", "effective_on", "signed_on", "drafted_on")  # the first that is known counts
_ENDS = ("valid_to", "ends_on")
_MOST = 400  # years on one slider


@dataclass(frozen=True)
class Year:
    """A year of the reader's calendar: its name, its last day, and how much begins and ends in it."""

    name: int
    last: date
    begins: int
    ends: int


def years(found: Subgraph, today: date, calendar: Calendar) -> list[Year]:
    """Return the years from the first beginning to the last end, today's among them; empty if nothing has a date."""
    items: tuple[Node | Tie, ...] = (*found.nodes, *found.ties)
    begins, ends = list(_days(items, _BEGINS, "earliest")), list(_days(items, _ENDS, "latest"))
    if not begins and not ends:
        return []
    span = min(*begins, *ends, today), max(*begins, *ends, today)
    named = list(year_ends(*span, calendar))[-_MOST:]
    year_of = _placed(named)
    begun, ended = Counter(map(year_of, begins)), Counter(map(year_of, ends))
    return [Year(name, last, begun[name], ended[name]) for name, last in named]


def _days(items: tuple[Node | Tie, ...], names: tuple[str, ...], bound: str) -> Iterator[date]:
    for item in items:
        known = (item.properties.get(f"{name}_{bound}") for name in names)
        day = next((one for one in known if isinstance(one, date)), None)
        if day:
            yield day


def _placed(named: list[tuple[int, date]]) -> Callable[[date], int]:
    return lambda day: next((name for name, last in named if day <= last), named[-1][0])
