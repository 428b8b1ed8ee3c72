"""Changes grouped by entity, filtered and paged: an entity with what happens to it and to the ties that begin there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary
from loaders import classes
from loaders.classes import ChangeClass, class_of
from loaders.plan import Change, EntityChange, TieChange, differences

__all__ = ["EFFECTS", "Change", "Changes", "Chosen", "Effect", "Group", "Steps", "differences", "effect_of", "steps"]

Effect = Literal["create", "update", "remove"]
EFFECTS: tuple[Effect, ...] = ("create", "update", "remove")
_EVIDENCE = "EVIDENCED_BY"


@dataclass(frozen=True)
class Chosen:
    """A filter: changes of this label or type, with this effect, of this class; empty takes all."""

    kind: str = ""
    effect: str = ""
    sort: str = ""

    def takes(self, change: Change) -> bool:
        """Say whether ``change`` is one of them."""
        wanted = ((self.kind, kind_of), (self.effect, effect_of), (self.sort, class_of))
        return all(not value or value == told(change) for value, told in wanted)


@dataclass(frozen=True)
class Changes:
    """All changes of a plan or a run, entities first, and what they come to, counted once."""

    every: tuple[Change, ...] = field(repr=False)

    @cached_property
    def totals(self) -> dict[Effect, int]:
        """How many things are made, changed and removed."""
        counted = Counter(map(effect_of, self.every))
        return {effect: counted[effect] for effect in EFFECTS}

    @cached_property
    def counts(self) -> dict[str, dict[Effect, int]]:
        """The totals of each label and type that occurs, in the order of the vocabulary."""
        counted = Counter((kind_of(change), effect_of(change)) for change in self.every)
        present = {kind for kind, _ in counted}
        known = [*vocabulary().labels, *vocabulary().types]
        return {kind: {effect: counted[kind, effect] for effect in EFFECTS} for kind in known if kind in present}

    @cached_property
    def sorts(self) -> dict[ChangeClass, int]:
        """How many changes there are of each class, the gravest first."""
        return classes.counts(self.every)


@dataclass(frozen=True)
class Group:
    """One entity of a plan or a run.

    Parameters
    ----------
    id
        Its id.
    own
        What happens to the entity itself; None if only its ties change.
    ties, evidence
        What happens to its ties: those that pictures draw, and those that lead to sources.

    """

    id: str
    own: EntityChange | None = None
    ties: tuple[TieChange, ...] = ()
    evidence: tuple[TieChange, ...] = ()

    @property
    def effect(self) -> Effect:
        """What happens to it as a whole."""
        return effect_of(self.own) if self.own else "update"


@dataclass(frozen=True)
class Steps:
    """Changes as a page shows them.

    Parameters
    ----------
    groups
        The groups on this page.
    page, pages
        Which page this is, from 1, and how many there are.
    found
        Number of groups on all pages.
    nodes
        The entities that the page speaks of, by id, so that they have names.

    """

    groups: tuple[Group, ...]
    page: int
    pages: int
    found: int
    nodes: Mapping[str, Node] = field(hash=False)


def effect_of(change: Change) -> Effect:
    """Return what ``change`` does."""
    if change.before is None:
        return "create"
    return "update" if change.after else "remove"


def kind_of(change: Change) -> str:
    """Return the label or the type under which ``change`` is counted."""
    return change.type if isinstance(change, TieChange) else vocabulary().shown(labels_of(change))


def labels_of(change: Change) -> tuple[str, ...]:
    """Return the labels of the entity that ``change`` makes, changes or removes; a tie has none."""
    return () if isinstance(change, TieChange) else tuple(sorted(change.labels or change.had))


def steps(store: Store, changes: Changes, chosen: Chosen, page: int, size: int) -> Steps:
    """Return one page of ``changes``.

    Parameters
    ----------
    store
        The graph, for the names of entities that do not change themselves.
    changes
        All changes.
    chosen
        Which changes.
    page, size
        Which page, from 1, and how many entities a page has.

    """
    groups = _grouped(filter(chosen.takes, changes.every))
    pages = max(1, -(-len(groups) // size))
    page = min(max(page, 1), pages)
    shown = groups[(page - 1) * size : page * size]
    return Steps(tuple(shown), page, pages, len(groups), _nodes(store, shown, changes.every))


def _grouped(changes: Iterable[Change]) -> list[Group]:
    own: dict[str, EntityChange] = {}
    ties: dict[str, list[TieChange]] = {}
    for change in changes:
        if isinstance(change, EntityChange):
            own[change.id] = change
        else:
            ties.setdefault(change.start, []).append(change)
    return [_group(id_, own.get(id_), ties.get(id_, ())) for id_ in dict.fromkeys([*own, *ties])]


def _group(id_: str, own: EntityChange | None, ties: Iterable[TieChange]) -> Group:
    every = tuple(ties)
    drawn = tuple(tie for tie in every if tie.type != _EVIDENCE)
    return Group(id_, own, drawn, tuple(tie for tie in every if tie.type == _EVIDENCE))


def _nodes(store: Store, groups: Iterable[Group], changes: Iterable[Change]) -> dict[str, Node]:
    """Return the entities that ``groups`` speak of: as the changes leave them, else as the graph holds them."""
    wanted = {end for group in groups for tie in (*group.ties, *group.evidence) for end in _ends(tie)}
    wanted |= {group.id for group in groups}
    known = {one.id: _node(one) for one in changes if isinstance(one, EntityChange) and one.id in wanted}
    return known | by_id(store, sorted(wanted - set(known)))


def _ends(tie: TieChange) -> tuple[str, ...]:
    return tie.start, tie.end, *(tie.had or ())


def _node(change: EntityChange) -> Node:
    return Node(change.id, tuple(sorted({*labels_of(change), "Entity"})), change.after or change.before or {})
