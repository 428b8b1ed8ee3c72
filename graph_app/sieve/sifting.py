"""A picture let through a sieve: what stays, what goes, and why it goes."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from graph_app.exploration.snapshots import standing
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.graph.store import Store
from graph_app.sieve.known import Known, known
from graph_app.sieve.wish import Sieve

DAY, UNDATED = "day", "undated"
_MAY_BE_DATED = frozenset({"Agreement", "Event", "Appointment"})
_BOUNDS = ("date", "valid_from", "valid_to", "signed_on", "effective_on", "ends_on", "drafted_on")


@dataclass(frozen=True)
class Sifted:
    """What goes: ids of entities and of ties; and how many go for each reason, (facet, value) or (``day``, nothing).

    What goes for several reasons counts for each. A tie that goes with its end counts for none.
    """

    nodes: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    reasons: Mapping[tuple[str, str], int] = field(default_factory=dict, hash=False)

    def __bool__(self) -> bool:
        return bool(self.nodes or self.ties)


def sifted(store: Store, found: Subgraph, wish: Sieve) -> Sifted:
    """Return what of a picture goes.

    Parameters
    ----------
    store
        The graph, asked for what the wish needs to know.
    found
        The picture, with the statuses of the day.
    wish
        What to hide.

    """
    if not wish:
        return Sifted()
    return without(found, wish, known(store, found, wish.hidden))


def let_through(store: Store, found: Subgraph, removed: Collection[str], wish: Sieve) -> tuple[Subgraph, Sifted]:
    """Return what of a picture is drawn: neither ``removed`` by the reader nor hidden; and what is hidden."""
    gone = sifted(store, found.without(removed), wish)
    return found.without({*removed, *gone.nodes}, gone.ties), gone


def without(found: Subgraph, wish: Sieve, told: Known) -> Sifted:
    """Return what goes, with all that is to be known told already."""
    reasons: Counter[tuple[str, str]] = Counter()
    nodes, ties = set(), set()
    for node in found.nodes:
        if why := list(_why(node, wish, told)):
            nodes.add(node.id)
            reasons.update(why)
    for tie in found.ties:
        if why := list(_why(tie, wish, told)):
            ties.add(tie.id)
            reasons.update(why)
    if wish.day is not None:
        rest = standing(found, wish.day)
        over = {node.id for node in found.nodes} - {node.id for node in rest.nodes}
        past = _own_days(found, rest, over)
        reasons[DAY, ""] += len(over) + len(past)
        nodes, ties = nodes | over, ties | past
    return Sifted(frozenset(nodes), frozenset(ties), {why: count for why, count in reasons.items() if count})


def _own_days(found: Subgraph, rest: Subgraph, over: set[str]) -> set[str]:
    """Return the ties that go for their own days, not with one of their ends."""
    left = {tie.id for tie in rest.ties}
    return {tie.id for tie in found.ties if tie.id not in left and not {tie.start, tie.end} & over}


def dated(item: Node | Tie) -> bool:
    """Return whether anything says when it began, happened or ended."""
    bounds = (item.properties.get(f"{name}_{bound}") for name in _BOUNDS for bound in ("earliest", "latest"))
    return any(bound is not None for bound in bounds)


def may_be_dated(item: Node | Tie) -> bool:
    """Return whether it is of a kind that has a date, known or not: ties and what happens, not cities or people."""
    return isinstance(item, Tie) or not _MAY_BE_DATED.isdisjoint(item.labels)


def _why(item: Node | Tie, wish: Sieve, told: Known) -> Iterator[tuple[str, str]]:
    for facet, hidden in wish.hidden.items():
        values = told.of(item, facet)
        if values and hidden.issuperset(values):
            yield from ((facet, value) for value in values)
    if not wish.undated and may_be_dated(item) and not dated(item):
        yield UNDATED, ""
