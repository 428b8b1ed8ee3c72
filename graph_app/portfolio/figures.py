"""What sources claim to have counted beside what the graph holds: two figures with their scopes, never one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.portfolio.instruments import Instrument, Portfolio

_COLLECTIONS = frozenset({"portfolio", "umbrella_mou"})


@dataclass(frozen=True)
class Figure:
    """A claimed figure beside what is recorded.

    Parameters
    ----------
    claim
        The figure as a source claims it.
    scope
        What was counted.
    sources
        Who says so.
    recorded
        How many are recorded one by one; None if the graph has no such list.
    grouped
        How many more stand in groups that nobody has listed one by one, as far as their sizes are told.
    unsized
        Groups whose size nobody tells.

    """

    claim: Node
    scope: Node
    sources: tuple[Node, ...]
    recorded: int | None
    grouped: int = 0
    unsized: int = 0

    @property
    def difference(self) -> int | None:
        """Recorded minus claimed; None if either is unknown or the claim is only about."""
        value = self.claim.properties.get("value")
        if self.recorded is None or not isinstance(value, int):
            return None
        return self.recorded + self.grouped - value


def figures(store: Store, found: Portfolio) -> list[Figure]:
    """Return every claimed figure with what is recorded of the same scope."""
    return [
        Figure(row["m"], row["scope"], tuple(row["sources"]), *_recorded(row["scope"], row["recorded"], found))
        for row in store.table(statement("portfolio/figures"), rows=1000)
    ]


def _recorded(scope: Node, counted: int | None, found: Portfolio) -> tuple[int | None, int, int]:
    if "Agreement" not in scope.labels:
        return counted, 0, 0
    if not (scope.properties.get("is_group") or scope.properties.get("kind") in _COLLECTIONS):
        return None, 0, 0  # a figure about one agreement counts something else: its parties, its commitments
    members = list(_members(scope.id, found.instruments))
    groups = [one for one in members if one.is_group]
    sizes = [one.node.properties.get("group_size") for one in groups]
    return len(members) - len(groups), sum(size for size in sizes if size), sum(not size for size in sizes)


def _members(scope: str, instruments: Iterable[Instrument]) -> Iterator[Instrument]:
    """Yield what belongs to a portfolio or stands under an umbrella, at any depth."""
    known, reached = list(instruments), {scope}
    while True:
        found = [
            one for one in known if one.id not in reached and not reached.isdisjoint((*one.portfolios, *one.umbrellas))
        ]
        if not found:
            return
        yield from found
        reached |= {one.id for one in found}
