"""The status of every agreement on every day, derived from the acts in the graph and stored as dated periods."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph_app.graph.histories import histories, history
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from graph_app.lifecycle import History, Period, Rules, periods
from loaders.facts import tie_id, unmarked
from loaders.made import Made
from loaders.statements import statement

_ROWS = 10_000_000
_SECONDS = 60.0


def derive_periods(
    store: Store,
    rules: Rules | None = None,
    *,
    ids: Sequence[str] | None = None,
    new: Sequence[Mapping[str, Any]] = (),
) -> tuple[int, int]:
    """Make the stored periods equal to what the acts say; return how many were written and removed.

    Parameters as for ``deriving.derive``; ``rules`` has the numbers that an office may choose.
    """
    known, asked = _Known(rules or Rules()), ids is None or bool(ids)
    held = _held(store, ids) if asked else {}
    wanted = {row["id"]: row for row in _periods(store, known, ids)} if asked else {}
    changed = [row for id_, row in wanted.items() if unmarked(held.get(id_, {})) != row["properties"]]
    gone = [{"id": id_} for id_ in held if id_ not in wanted]
    writer = Writer(store)
    removed = writer.rows(statement("remove_ties", "HAD_STATUS"), gone)
    writer.rows(statement("status_nodes"), [{"id": status} for status in sorted({row["end"] for row in new})])
    writing = statement("write_periods")
    return writer.new(statement("create_periods"), writing, new) + writer.rows(writing, changed), removed


def first_periods(made: Collection[Made], rules: Rules | None = None) -> Iterator[dict[str, Any]]:
    """Yield the periods of agreements that are new, as they would be stored."""
    known = _Known(rules or Rules())
    for one in made:
        yield from known.rows(one.id, history(one.row))


def status_periods(
    store: Store, rules: Rules | None = None, *, ids: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the periods of agreements in the graph, as they would be stored: of ``ids``, or of all."""
    yield from _periods(store, _Known(rules or Rules()), ids)


def _periods(store: Store, known: "_Known", ids: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    for id_, one in histories(store, ids).items():
        yield from known.rows(id_, one)


def _held(store: Store, ids: Sequence[str] | None) -> dict[str, Any]:
    wanted = {"ids": None if ids is None else list(ids)}
    table = store.table(statement("periods"), wanted, rows=_ROWS, seconds=_SECONDS)
    return {row["id"]: row["properties"] for row in table}


class _Known:
    """Periods by history; agreements of which the same is recorded, as those of one list, are derived once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._periods: dict[History, tuple[Period, ...]] = {}

    def rows(self, id_: str, history_: History) -> Iterator[dict[str, Any]]:
        """Yield the periods of one agreement as they are stored."""
        alike = replace(history_, id="", parties=history_.parties if _names_parties(history_) else frozenset())
        if alike not in self._periods:
            self._periods[alike] = periods(alike, self._rules)
        yield from (_row(id_, period) for period in self._periods[alike])


def _names_parties(history: History) -> bool:
    return any(act.kind == "signed" for act in history.acts)


def _row(id_: str, period: Period) -> dict[str, Any]:
    standing = period.standing
    made = tie_id("HAD_STATUS", id_, standing.status, period.first.isoformat(), "")
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(standing).items()}
    stored = {name: value for name, value in told.items() if value is not None and value != []}
    properties = {**stored, "id": made, "from": period.first, "to": period.last, "derived": True}
    return {"id": made, "start": id_, "end": standing.status, "properties": properties}
