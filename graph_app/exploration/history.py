"""Where a fact comes from and what it was before: the ledger, read for one entity, one tie, one property."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, or_, select

from graph_app.confidentiality import HIGHEST, SECRECY
from graph_app.database import Database
from graph_app.database.tables import Decision, Installation, Load, LoadChange
from graph_app.exploration.claims import Version, parts, stem
from graph_app.graph.images import unpacked
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.keys import KEYS

MOST = 500  # changes of one entity with its ties
_APART = frozenset({*KEYS, SECRECY, "id", "run", "type", "properties", "differs", "mapping"})
Kind = Literal["made", "changed", "removed"]


@dataclass(frozen=True)
class Run:
    """One run as the ledger keeps it; ``undoes`` is the run that it took back."""

    id: str
    mapping: str
    who: str
    at: datetime
    state: str
    undoes: str | None

    @property
    def undone(self) -> bool:
        """Whether a later run took it back."""
        return self.state == "undone"


@dataclass(frozen=True)
class FieldChange:
    """What one property was before a run, and what it became; empty is nothing. A date is several properties."""

    name: str
    before: Version
    after: Version


@dataclass(frozen=True)
class Step:
    """What one run did to an entity, or to a tie of the type ``type`` from ``start`` to ``end``.

    ``led`` has the two ends that the tie had before, if it got others.
    """

    run: Run
    key: str
    kind: Kind
    fields: tuple[FieldChange, ...]
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    type: str | None = None
    start: str | None = None
    end: str | None = None
    source: str | None = None
    led: tuple[str, str] | None = None


@dataclass(frozen=True)
class Merging:
    """Who decided that ``merged`` is the same thing as another one, when and why, and the run that merged them."""

    merged: str
    who: str
    at: datetime
    why: str
    run: Run | None


@dataclass(frozen=True)
class History:
    """Steps, the newest first. ``elsewhere`` counts the loads of the graph that this ledger does not know.

    ``ours`` says whether this installation loads the graph; if not, the steps are empty and nothing is known here.
    """

    ours: bool
    elsewhere: int
    steps: tuple[Step, ...] = ()
    cut: bool = field(default=False)

    def of(self, key: str, name: str) -> list[tuple[Step, FieldChange]]:
        """Return the changes of the property ``name`` of the entity or tie ``key``, the newest first."""
        mine = (step for step in self.steps if step.key == key)
        return [(step, change) for step in mine for change in step.fields if change.name == name]


class Records:
    """What the ledger in ``database`` knows of the graph in ``store``."""

    def __init__(self, database: Database, store: Store) -> None:
        self.database = database
        self.store = store
        self._runs: dict[str, Run | None] = {}

    def run(self, id_: str) -> Run | None:
        """Return the run ``id_``; None if the ledger does not know it."""
        if not self._told:
            return None
        if id_ not in self._runs:
            with self.database.reading() as session:
                found = session.scalar(select(Load).where(Load.run == id_))
                self._runs[id_] = _run(found) if found else None
        return self._runs[id_]

    def mergings(self, ids: Collection[str]) -> dict[str, Merging]:
        """Return the decisions that hold by which ``ids`` were merged into other entities, where they are known."""
        if not self._told:
            return {}
        pairs = or_(Decision.first.in_(ids), Decision.second.in_(ids))
        asked = select(Decision).where(pairs, Decision.kept.is_not(None), Decision.undone_at.is_(None))
        with self.database.reading() as session:
            found = [one for one in session.scalars(asked.order_by(Decision.number)) if one.merged in ids]
        runs = {one.number: self.run(one.run) if one.run else None for one in found}
        made = (Merging(str(one.merged), one.who, one.at, one.why, runs[one.number]) for one in found)
        return {one.merged: one for one in made}

    def history(self, key: str) -> History:
        """Return what became of the entity or the tie ``key`` itself."""
        return self._found(LoadChange.key == key)

    def around(self, entity: str) -> History:
        """Return what became of ``entity``, of its ties and of the claims about it, those included that left it."""
        tied = or_(LoadChange.start == entity, LoadChange.end == entity)
        return self._found(or_(LoadChange.key == entity, _ever(tied)))

    def between(self, start: str, end: str, type_: str) -> History:
        """Return what became of the ties of one type that ran between ``start`` and ``end``, whichever way."""
        ends = ((start, end), (end, start))
        ways = or_(*((LoadChange.start == a) & (LoadChange.end == b) for a, b in ends))
        return self._found(_ever(ways & (LoadChange.type == type_)))

    def _found(self, condition: ColumnElement[bool]) -> History:
        graph, ours, elsewhere = self._standing
        if not ours:
            return History(False, elsewhere)
        asked = select(LoadChange, Load).join(Load, Load.number == LoadChange.load)
        asked = asked.where(condition, Load.graph == graph).order_by(Load.number.desc(), LoadChange.seq).limit(MOST + 1)
        with self.database.reading() as session:
            steps = [_step(change, load) for change, load in session.execute(asked)]
        return History(True, elsewhere, tuple(steps[:MOST]), len(steps) > MOST)

    @property
    def _told(self) -> bool:
        """Whether anything is told: the ledger knows all that was loaded, so it is for who may see everything."""
        return self.store.clearance == HIGHEST

    @cached_property
    def _standing(self) -> tuple[str | None, bool, int]:
        """The key of the graph, whether it is loaded from here, and how many of its loads are not known here."""
        if not self._told:
            return None, False, 0
        row = next(iter(self.store.table(statement("loaded_by"))), None)
        if row is None:
            return None, False, 0
        with self.database.reading() as session:
            name = session.scalar(select(Installation.name))
            ended = select(func.count()).where(Load.graph == row["graph"], Load.serial_after.is_not(None))
            known = session.scalar(ended) or 0
        ours = name is not None and row["installation"] == name
        return row["graph"], ours, max(0, row["serial"] - (known if ours else 0))


def _ever(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that something was once so, whatever became of it later."""
    return LoadChange.key.in_(select(LoadChange.key).where(condition))


def _run(load: Load) -> Run:
    return Run(load.run, load.mapping, load.who, load.started_at, load.state, load.undoes)


def _step(change: LoadChange, load: Load) -> Step:
    before, after = _image(change.before), _image(change.after)
    kind: Kind = "made" if change.before is None else "changed" if after else "removed"
    labels, had = set(change.labels or ()), set(change.had or ())
    found = Step(_run(load), change.key, kind, tuple(_fields(before, after)))
    if change.type:
        source = (after or before).get("source")
        led = (change.had[0], change.had[1]) if change.had else None
        return replace(found, type=change.type, start=change.start, end=change.end, source=source, led=led)
    return replace(found, gained=tuple(sorted(labels - had)), lost=tuple(sorted(had - labels)))


def _image(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: unpacked(item) for name, item in (kept or {}).items()}


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Yield what differs between two images, a date as one; search keys and the run follow from the rest."""
    for name in dict.fromkeys(map(stem, _shown({**before, **after}))):
        was, became = ({key: image[key] for key in parts(name) if key in image} for image in (before, after))
        if was != became:
            yield FieldChange(name, Version(was, ()), Version(became, ()))


def _shown(names: Iterable[str]) -> Iterator[str]:
    return (name for name in sorted(names) if name not in _APART and not name.startswith("original_"))
