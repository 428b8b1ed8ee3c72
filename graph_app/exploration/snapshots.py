"""What a picture shows, kept small enough to compare: with the same picture later, or on another day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from graph_app.exploration.claims import telling
from graph_app.exploration.lifecycle import on_day
from graph_app.exploration.neighbourhood import picture
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.graph.store import Store

Change = Literal["began", "ended", "changed"]
_BEGINS, _ENDS = ("valid_from", "date"), ("valid_to",)
_NAMES = ("name_fa", "name_en")


@dataclass(frozen=True)
class Moved:
    """One entity or tie that is new, gone or in another state. ``before`` and ``after`` are its states."""

    change: Change
    kept: Mapping[str, Any] = field(hash=False)
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Differences:
    """What two pictures of the same entities do not have in common.

    ``entities`` and ``ties`` are by id and by fact; ``more`` has the entities that have more neighbours outside of the
    picture than before, with how many more.
    """

    names: Mapping[str, Mapping[str, Any]] = field(hash=False)
    entities: Mapping[str, Moved] = field(hash=False)
    ties: Mapping[str, Moved] = field(hash=False)
    more: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def any(self) -> bool:
        """Whether there is a difference."""
        return bool(self.entities or self.ties or self.more)


def snapshot(found: Subgraph, hidden: Mapping[str, int]) -> dict[str, Any]:
    """Return what a picture shows as plain JSON: its entities, its facts, and how many neighbours are not shown."""
    return {
        "entities": {node.id: _entity(node) for node in found.nodes},
        "ties": {fact(tie): _tie(tie) for tie in found.ties},
        "hidden": {node.id: hidden.get(node.id, 0) for node in found.nodes},
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Differences:
    """Return what came, went and changed between two snapshots."""
    names = {**before["entities"], **after["entities"]}
    outside = after["hidden"].items()
    more = {id_: count - before["hidden"].get(id_, count) for id_, count in outside}
    return Differences(
        names,
        _moved(before["entities"], after["entities"]),
        _moved(before["ties"], after["ties"]),
        {id_: count for id_, count in more.items() if count > 0},
    )


def compared(
    store: Store, ids: Sequence[str], without: Collection[str], days: tuple[date, date]
) -> tuple[Subgraph, Differences]:
    """Return the picture with all that stands in it on either of two days, and what differs between them.

    What says no beginning has always been, and what says no end lasts: nobody recorded otherwise.
    """
    whole, _ = picture(store, ids, without, day=days[1])
    whole = whole.without(without)
    first, second = (snapshot(standing(on_day(store, whole, day), day), {}) for day in days)
    present = {*first["entities"], *second["entities"]}
    known = {*first["ties"], *second["ties"]}
    nodes = tuple(node for node in whole.nodes if node.id in present)
    ties = tuple(tie for tie in whole.ties if fact(tie) in known)
    return Subgraph(nodes, ties, whole.cut), differences({**first, "hidden": {}}, {**second, "hidden": {}})


def standing(found: Subgraph, day: date) -> Subgraph:
    """Return what of a picture has begun, and has not ended, on ``day``; a tie needs both of its ends."""
    nodes = tuple(node for node in found.nodes if _stands(node, day))
    present = {node.id for node in nodes}
    ties = (tie for tie in found.ties if {tie.start, tie.end} <= present and _stands(tie, day))
    return Subgraph(nodes, tuple(ties), found.cut)


def fact(tie: Tie) -> str:
    """Return what makes a tie the fact it is, as one text; parallel claims have the same."""
    return "|".join("" if part is None else str(part) for part in telling(tie))


def _stands(item: Node | Tie, day: date) -> bool:
    begins = (_day(item, f"{name}_earliest") for name in _BEGINS)
    ends = (_day(item, f"{name}_latest") for name in _ENDS)
    return all(one is None or one <= day for one in begins) and all(one is None or one >= day for one in ends)


def _day(item: Node | Tie, name: str) -> date | None:
    value = item.properties.get(name)
    return value if isinstance(value, date) else None


def _entity(node: Node) -> dict[str, Any]:
    names = {name: node.properties[name] for name in _NAMES if name in node.properties}
    state = {"state": node.properties["status"]} if "Agreement" in node.labels and "status" in node.properties else {}
    return {"id": node.id, "labels": list(node.labels), **names, **state}


def _tie(tie: Tie) -> dict[str, Any]:
    state = {"state": tie.properties["status"]} if "status" in tie.properties else {}
    return {"id": tie.id, "type": tie.type, "start": tie.start, "end": tie.end, **state}


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Moved]:
    return dict(sorted(_each(before, after)))


def _each(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Moved]]:
    for id_, kept in before.items():
        if id_ not in after:
            yield id_, Moved("ended", kept, kept.get("state"))
        elif kept.get("state") != after[id_].get("state"):
            yield id_, Moved("changed", after[id_], kept.get("state"), after[id_].get("state"))
    for id_, kept in after.items():
        if id_ not in before:
            yield id_, Moved("began", kept, None, kept.get("state"))
