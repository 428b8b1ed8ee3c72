"""What the graph holds, as far as that can be told in a moment: whether an answer from before still is the answer."""

from collections.abc import Callable
from dataclasses import dataclass

from graph_app.confidentiality import Clearance
from graph_app.graph.results import Table
from graph_app.graph.statements import statement
from graph_app.graph.store import Store

_TIMES, _MOST = 100, 600.0  # what is kept lasts so many times as long as it took, and so many seconds at most
_STEPS = {"steps": [int(one) for one in Clearance if one > Clearance.PUBLIC]}


@dataclass(frozen=True)
class Held:
    """What the graph holds for a reader.

    Parameters
    ----------
    content
        A text that is another one after every load, and for another clearance. It is empty while a load is at work or
        if nothing was loaded. What is kept under it is never shown to somebody who may see less, or more.
    highest
        How confidential the most confidential thing is that the reader is shown.

    """

    content: str
    highest: Clearance


def content(store: Store) -> str:
    """Return what tells the content of the graph from another; see ``Held``."""
    return held(store).content


def held(store: Store) -> Held:
    """Return what the graph holds for the reader of ``store``."""
    return _told(store.whole().table(statement("version"), _STEPS, rows=1), store)


def held_soon(store: Store) -> Callable[[], Held]:
    """Ask for ``held`` without waiting; what is returned waits for it."""
    asked = store.whole().begin(statement("version"), _STEPS, rows=1)
    return lambda: _told(asked(), store)


def lasting(took: float) -> float:
    """Return for how many seconds to keep what took so many to find: what is changed by hand shows after that."""
    return min(_TIMES * took, _MOST)


def _told(table: Table, store: Store) -> Held:
    found = next(iter(table), None)
    if found is None or found["running"] is not None:
        return Held("", store.clearance)
    highest = max((Clearance(step) for step in found["steps"] if step <= store.clearance), default=Clearance.PUBLIC)
    told = (*(str(found[key]) for key in ("graph", "serial", "nodes", "ties")), highest.word, store.clearance.word)
    return Held(":".join(told), highest)
