"""What is dated ahead: ends of agreements, planned events, what is due, occasions that agreements promise to keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.picture import name_of
from graph_app.portfolio.instruments import Instrument
from graph_app.portfolio.occasions import LUNAR, occasion

if TYPE_CHECKING:
    from icalendar import Event

ENDS, EVENT, DUE, OCCASION = SORTS = ("ends", "event", "due", "occasion")
_PASSED = timedelta(days=365)  # how far back a planned event that nobody has confirmed is still shown


@dataclass(frozen=True)
class Item:
    """One entry of the agenda.

    Parameters
    ----------
    sort
        One of ``SORTS``.
    item
        What it is: the agreement that ends, the event, the commitment, the occasion.
    first, last
        Its first and last day; they differ where it lasts, or where its date is not known to the day.
    agreements
        The agreements that it concerns.
    certain
        False where the day itself is reckoned and may be off: lunar days, incomplete dates.

    """

    sort: str
    item: Node
    first: date
    last: date
    agreements: tuple[Node, ...] = ()
    certain: bool = True

    def passed(self, day: date) -> bool:
        """Return whether it lies before ``day``: a planned event then is unconfirmed, not held."""
        return self.last < day


@dataclass(frozen=True)
class Agenda:
    """The entries between two days by date, and the occasions whose days nobody has told."""

    since: date
    until: date
    entries: tuple[Item, ...]
    undated: tuple[tuple[Node, tuple[Node, ...]], ...]


def agenda(store: Store, instruments: Iterable[Instrument], day: date, days: int) -> Agenda:
    """Return what is ahead within ``days`` of ``day``, and planned events of the last year that nobody confirmed.

    Parameters
    ----------
    store
        The graph.
    instruments
        The agreements whose ends and occasions are told; of events and commitments all that concern one of them, and
        those that concern none.
    day, days
        The first day, and how many follow.

    """
    until, chosen = day + timedelta(days=days), {one.id: one for one in instruments}
    ends = (_end(one) for one in chosen.values() if one.next_end and day <= one.next_end <= until)
    dated = _dated(store, day - _PASSED, until, chosen)
    kept, undated = _occasions(store, day, until, chosen)
    found = [item for item in (*ends, *dated, *kept) if item.last >= day or item.sort != OCCASION]
    return Agenda(day, until, tuple(sorted(found, key=lambda item: (item.first, item.sort, item.item.id))), undated)


def _end(one: Instrument) -> Item:
    end = one.next_end or date.max
    return Item(ENDS, one.node, end, end, (one.node,))


def _dated(store: Store, since: date, until: date, chosen: Iterable[str]) -> Iterator[Item]:
    wanted = set(chosen)
    for row in store.table(statement("portfolio/agenda"), {"since": since, "until": until}, rows=5000):
        about = row["agreement"]
        if about is None or about.id in wanted:
            certain = row["first"] == row["last"]
            yield Item(row["sort"], row["item"], row["first"], row["last"], (about,) if about else (), certain)


def _occasions(
    store: Store, day: date, until: date, chosen: Iterable[str]
) -> tuple[list[Item], tuple[tuple[Node, tuple[Node, ...]], ...]]:
    wanted = set(chosen)
    dated, undated = [], []
    for row in store.table(statement("portfolio/occasions"), rows=2000):
        agreements = tuple(one for one in row["agreements"] if one.id in wanted)
        known = occasion(row["t"].properties)
        if known and agreements:
            certain = known.calendar != LUNAR
            dated += [Item(OCCASION, row["t"], *span, agreements, certain) for span in known.between(day, until)]
        elif agreements:
            undated.append((row["t"], agreements))
    return dated, tuple(undated)


def icalendar(found: Agenda, title: str, language: str, sorts: dict[str, str]) -> bytes:
    """Return an agenda as an iCalendar file (RFC 5545), every entry as days without hours.

    Parameters
    ----------
    found
        The agenda.
    title
        What the calendar is called.
    language
        In which language entities are named, ``en`` or ``fa``.
    sorts
        The word for each of ``SORTS``.

    """
    from icalendar import Calendar  # noqa: PLC0415 - only a calendar that is taken away needs its library

    calendar = Calendar()
    calendar.add("prodid", "-//Peyvand//Agreements//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for item in found.entries:
        calendar.add_component(_event(item, language, sorts))
    return bytes(calendar.to_ical())


def _event(item: Item, language: str, sorts: dict[str, str]) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{item.sort}-{item.item.id}-{item.first.isoformat()}@peyvand")
    event.add("dtstamp", item.first)
    event.add("dtstart", item.first)
    event.add("dtend", item.last + timedelta(days=1))  # the day after, as the format counts
    event.add("summary", f"{sorts[item.sort]}: {name_of(item.item, language)}")
    event.add("description", "\n".join(name_of(one, language) for one in item.agreements if one.id != item.item.id))
    return event
