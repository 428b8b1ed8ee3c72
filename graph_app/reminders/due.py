"""What is due by a day. What was due before and is not done is due still, so that a missed day loses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store

MOST = 2000  # reminders of one day
ENDS, ENDED, DUE, EVENT, LETTER = SORTS = ("ends", "ended", "due", "event", "letter")


@dataclass(frozen=True)
class Reminder:
    """One thing that is due.

    Parameters
    ----------
    sort
        One of ``SORTS``: an end within the notice period, an end that has passed, a commitment, a planned event past
        its date, a letter without an answer.
    item
        What is due: an agreement, a commitment, an event.
    day
        The day of the end, of the duty, of the event, of the letter.
    agreement
        The agreement that it belongs to, if it belongs to one and is none.
    fictional
        Whether nothing but sources that call themselves fictional speaks of it.

    """

    sort: str
    item: Node
    day: date | None
    agreement: Node | None = None
    fictional: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others. A duty that is put off is another one."""
        return key_of(self.sort, self.item.id, self.day)

    def days(self, day: date) -> int:
        """Return how many days lie between its own and ``day``, whichever comes first."""
        return abs((self.day - day).days) if self.day else 0


@dataclass(frozen=True)
class Due:
    """What is due by a day, the longest due first; ``cut`` says that there is more than is read."""

    reminders: tuple[Reminder, ...]
    cut: bool = False


def due(store: Store, day: date) -> Due:
    """Return what is due by ``day``.

    Parameters
    ----------
    store
        The graph.
    day
        The last day that counts.

    Raises
    ------
    StoreError
        If the server refuses or cannot be reached.

    """
    found = store.table(statement("portfolio/reminders"), {"day": day}, rows=MOST)
    return Due(tuple(map(_reminder, found)), found.cut)


def key_of(sort: str, item: str, day: object) -> str:
    """Return the key of a reminder."""
    return f"{sort} {item} {day or ''}"


def item_in(key: str) -> str:
    """Return the id of the item of the reminder with this key; empty if the key is none."""
    sort, _space, rest = key.partition(" ")
    return rest.rpartition(" ")[0] if sort in SORTS else ""


def _reminder(row: Mapping[str, Any]) -> Reminder:
    return Reminder(row["sort"], row["item"], row["day"], row["agreement"], row["fictional"])
