"""The status of agreements on a day, looked up in the stored periods: the one way in which pages and exports do it.

What a source asserts stays on the entity as ``status_asserted``; ``status`` becomes what the acts say on that day.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, TypeVar

from graph_app.graph.entities import by_id
from graph_app.graph.results import PLAIN, Node, Position, Subgraph, Table, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store

T = TypeVar("T")
NONE = "none"
_PERIODS = 10_000
_AHEAD = 5
_SINGLE = ("status", "rule", "disposition", "implementation", "renewals", "amendments")


@dataclass(frozen=True)
class Stored:
    """One stored period: the days ``first`` to ``last`` and what is true of all of them; see ``Standing``."""

    first: date
    last: date
    status: str
    rule: str
    acts: tuple[str, ...]
    flags: tuple[str, ...]
    candidates: tuple[str, ...]
    disposition: str
    implementation: str
    next_end: date | None
    renewals: int
    amendments: int
    last_evidence: date | None

    @property
    def since_ever(self) -> bool:
        """Whether it begins with the first of all days."""
        return self.first == date.min

    @property
    def for_ever(self) -> bool:
        """Whether it ends with the last of all days."""
        return self.last == date.max

    def days_without_evidence(self, day: date) -> int | None:
        """Return how long ago, on ``day``, the last word about it was; None if that is not counted."""
        return (day - self.last_evidence).days if self.last_evidence else None


@dataclass(frozen=True)
class Life:
    """The life of one agreement: how it stands on ``day``, its periods, and the entities behind them by id."""

    day: date
    now: Stored
    periods: tuple[Stored, ...]
    acts: Mapping[str, Node] = field(hash=False)

    @property
    def stages(self) -> list[tuple[Stored, date]]:
        """The periods without those that differ in details only: the first of each status, and its last day."""
        grouped = (list(same) for _, same in groupby(self.periods, key=lambda one: (one.status, one.candidates)))
        return [(same[0], same[-1].last) for same in grouped]

    @property
    def near(self) -> list[tuple[Stored, date]]:
        """The stages up to ``day`` and a few after it: what renews itself has many ahead."""
        ahead = [stage for stage in self.stages if stage[0].first > self.day]
        return self.stages[: len(self.stages) - len(ahead)] + ahead[:_AHEAD]


def today() -> date:
    """Return the day it is (UTC), which is when a status is looked up unless a reader says otherwise."""
    return datetime.now(UTC).date()


def life(store: Store, agreement: str, day: date) -> Life | None:
    """Return the life of ``agreement``; None if no periods are stored for it."""
    rows = store.table(statement("periods_of"), {"id": agreement}, rows=_PERIODS)
    periods = tuple(_stored(row["period"]) for row in rows)
    now = next((one for one in periods if one.first <= day <= one.last), None)
    if now is None:
        return None
    named = sorted({act for one in periods for act in one.acts if not act.startswith("property:")})
    nodes = [*by_id(store, named).values()]
    return Life(day, now, periods, {node.id: node for node in on_day(store, nodes, day)})


def on_day(store: Store, value: T, day: date) -> T:
    """Return ``value``, an answer of the graph, with the status of every agreement in it as it is on ``day``.

    Parameters
    ----------
    store
        The graph that it came from.
    value
        A node, a tie, a table, a subgraph, or lists of them. Sister-city ties get the status of their agreement.
    day
        The day to look up.

    """
    ids = sorted(_agreements(value))
    if not ids:
        return value
    rows = store.table(statement("statuses_on"), {"ids": ids, "as_of": day}, rows=len(ids))
    found = {row["id"]: (row["status"], tuple(row["candidates"] or ())) for row in rows}
    result: T = _mapped(value, lambda item: _with_status(item, found))
    return result


def _stored(properties: Mapping[str, Any]) -> Stored:
    told: dict[str, Any] = {name: tuple(properties.get(name) or ()) for name in ("acts", "flags", "candidates")}
    told |= {name: properties[name] for name in _SINGLE}
    told |= {name: properties.get(name) for name in ("next_end", "last_evidence")}
    return Stored(first=properties["from"], last=properties["to"], **told)


def _agreement_of(item: Node | Tie) -> str | None:
    if isinstance(item, Node):
        return item.id if "Agreement" in item.labels else None
    return item.properties.get("agreement") if item.type == "TWINNED_WITH" else None


def _agreements(value: object) -> set[str]:
    """Return the agreements in an answer. It may have many thousand cells, so it is gone through without calls."""
    found: set[str] = set()
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, Node | Tie):
            if agreement := _agreement_of(item):
                found.add(agreement)
        elif isinstance(item, Table):
            left.extend(cell for row in item.rows for cell in row if type(cell) not in PLAIN)
        elif isinstance(item, Subgraph):
            left.extend((*item.nodes, *item.ties))
        elif isinstance(item, dict):
            left.extend(item.values())
        elif isinstance(item, list | tuple):
            left.extend(item)
    return found


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - the shape of what comes in
    if type(value) in PLAIN:
        return value
    match value:
        case Node() | Tie():
            return change(value)
        case Table():
            return replace(value, rows=[tuple(_each(row, change)) for row in value.rows])
        case Subgraph():
            nodes, ties = (tuple(change(item) for item in items) for items in (value.nodes, value.ties))
            return replace(value, nodes=nodes, ties=ties)
        case dict():
            return {key: _mapped(item, change) for key, item in value.items()}
        case Position():
            return value
        case list() | tuple():
            return type(value)(_each(value, change))
    return value


def _each(values: Iterable[Any], change: Callable[[Any], Any]) -> list[Any]:
    """Return ``values`` with what is inside changed; most of them have no status, and are passed over here."""
    return [
        one if type(one) in PLAIN or (type(one) is Node and "Agreement" not in one.labels) else _mapped(one, change)
        for one in values
    ]


def _with_status(item: Node | Tie, found: Mapping[str, tuple[str, tuple[str, ...]]]) -> Node | Tie:
    agreement = _agreement_of(item)
    if agreement is None:
        return item
    status, candidates = found.get(agreement, (NONE, ()))
    asserted = {"status_asserted": item.properties["status"]} if "status" in item.properties else {}
    possible = {"status_candidates": list(candidates)} if candidates else {}
    return replace(item, properties={**item.properties, **asserted, **possible, "status": status})
