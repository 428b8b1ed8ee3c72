"""What several entities have in common: who and what is tied to all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph_app.errors import N_, NotFoundError, PeyvandError
from graph_app.exploration.claims import preference
from graph_app.exploration.lifecycle import on_day, today
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

ENTITIES = 50  # that can be asked about at once
MOST = 100


class TooFewError(PeyvandError):
    """Something in common takes two."""


@dataclass(frozen=True)
class Shared:
    """An entity, and by id of those that were asked about its ties to each, the surest first; one tie for each type."""

    node: Node
    ties: Mapping[str, tuple[Tie, ...]]

    @property
    def types(self) -> frozenset[str]:
        """The types by which it is tied to every one of them."""
        found = [frozenset(tie.type for tie in ties) for ties in self.ties.values()]
        return frozenset.intersection(*found)


@dataclass(frozen=True)
class Common:
    """What ``entities`` have in common. ``cut`` says that there is more."""

    entities: tuple[Node, ...]
    shared: tuple[Shared, ...]
    cut: bool = False

    @property
    def direct(self) -> tuple[str, ...]:
        """Ids of all entities of the answer."""
        return tuple(one.node.id for one in self.shared)


def common(
    store: Store, ids: Sequence[str], *, type_: str = "", least: int | None = None, groups: bool = False
) -> Common:
    """Return the entities that are tied to those in ``ids``, those tied to the most of them first.

    Parameters
    ----------
    store
        The graph.
    ids
        At least two stable ids; of more than 50 the first.
    type_
        Only by ties of this type; empty by any.
    least
        To how many of them it must be tied; all, if None.
    groups
        Whether groups count. What somebody said never does.

    Raises
    ------
    TooFewError
        If there are not two.
    NotFoundError
        If one of them is not in the graph.

    """
    wanted = list(dict.fromkeys(ids))[:ENTITIES]
    if len(wanted) < 2:  # noqa: PLR2004 - two
        raise TooFewError(N_("Choose at least two entities; what they have in common is shown then."))
    known = {row[0] for row in store.table(statement("exists"), {"ids": wanted}).rows}
    for one in wanted:
        if one not in known:
            raise NotFoundError(N_("There is no “%(id)s” in the graph."), id=one)
    types = [type_] if type_ in vocabulary().drawn_types() else vocabulary().drawn_types()
    needed = max(2, min(least or len(wanted), len(wanted)))
    parameters = {"ids": wanted, "types": types, "least": needed, "groups": groups, "most": MOST + 1}
    rows = list(store.table(statement("common"), parameters, rows=MOST + 1))
    entities, found = on_day(store, (_named(store, wanted), rows), today())
    shared = tuple(Shared(row["n"], _sorted(row["ties"], wanted)) for row in found[:MOST])
    return Common(tuple(entities), shared, len(rows) > MOST)


def _named(store: Store, ids: list[str]) -> list[Node]:
    found = by_id(store, ids)
    return [found[one] for one in ids]


def _sorted(ties: Collection[Tie], ids: Sequence[str]) -> dict[str, tuple[Tie, ...]]:
    """Return the ties to each of ``ids``, the surest of each type and direction."""
    found: dict[str, dict[tuple[str, bool], Tie]] = {}
    for tie in sorted(ties, key=preference):
        other = tie.start if tie.start in ids else tie.end
        found.setdefault(other, {}).setdefault((tie.type, tie.start == other), tie)
    return {one: tuple(found[one].values()) for one in ids if one in found}
