"""The runs that were applied, with their counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import and_, case, func, select, true
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.tables import Load, LoadChange, LoadReject
from graph_app.loading.steps import EFFECTS, Changes, Effect
from loaders.ledger import Ledger


@dataclass(frozen=True)
class Run:
    """One run of the timeline, how much it changed, and how many rows it rejected."""

    load: Load = field(hash=False)
    totals: Mapping[Effect, int] = field(hash=False)
    rejects: int


@dataclass(frozen=True)
class Timeline:
    """Some runs, the newest first, and whether there are older ones."""

    runs: tuple[Run, ...]
    more: bool


def timeline(database: Database, page: int, size: int) -> Timeline:
    """Return the runs on page ``page``, from 1, with ``size`` of them."""
    asked = select(Load).order_by(Load.number.desc()).offset((page - 1) * size).limit(size + 1)
    with database.reading() as session:
        loads = list(session.scalars(asked))
    return Timeline(tuple(_run_of(database, load) for load in loads[:size]), len(loads) > size)


def _run_of(database: Database, load: Load) -> Run:
    """Return ``load`` with its counts; those of one that came to its end are counted once."""
    if load.finished_at is None:
        with database.reading() as session:
            return _runs(session, [load])[0]
    return replace(_counted(database, load.run, load.finished_at), load=load)


def _runs(session: Session, loads: list[Load]) -> tuple[Run, ...]:
    numbers = [load.number for load in loads]
    made = func.sum(case((LoadChange.before.is_(None), 1), else_=0))
    gone = func.sum(case((and_(LoadChange.before.is_not(None), LoadChange.after.is_(None)), 1), else_=0))
    counted = select(LoadChange.load, made, func.count(), gone).where(LoadChange.load.in_(numbers))
    changes = {row[0]: tuple(row[1:]) for row in session.execute(counted.group_by(LoadChange.load))}
    refused = select(LoadReject.load, func.count()).where(LoadReject.load.in_(numbers)).group_by(LoadReject.load)
    rejects = {row[0]: row[1] for row in session.execute(refused)}
    return tuple(_run(load, changes.get(load.number, (0, 0, 0)), rejects.get(load.number, 0)) for load in loads)


def newest(database: Database, graph: str | None, but: Collection[str]) -> tuple[Run | None, int]:
    """Return the last run that loaded ``graph`` and stands, and how many runs of the mappings ``but`` came after it.

    Runs of those mappings are not loads: they write what people recorded or decided here.
    """
    stands = Load.graph == graph, Load.state == "done"
    with database.reading() as session:
        loads = select(Load).where(*stands, Load.mapping.not_in(but)).order_by(Load.number.desc()).limit(1)
        load = session.scalar(loads)
        since = Load.number > load.number if load else true()
        later = select(func.count()).where(*stands, Load.mapping.in_(but), Load.undoes.is_(None), since)
        count = session.scalar(later) or 0
    return (_counted(database, load.run, load.finished_at) if load else None), count


@lru_cache(maxsize=256)
def _counted(database: Database, run: str, _finished_at: datetime | None) -> Run:
    """Return a run with its counts, which never change once it came to its end."""
    with database.reading() as session:
        return _runs(session, [session.scalars(select(Load).where(Load.run == run)).one()])[0]


def undone_by(ledger: Ledger, load: Load) -> str | None:
    """Return the run that took ``load`` back, if one did."""
    asked = select(Load.run).where(Load.undoes == load.run, Load.state == "done").order_by(Load.number.desc())
    with ledger.database.reading() as session:
        return session.scalars(asked).first()


def changes_of(ledger: Ledger, load: Load) -> Changes:
    """Return what ``load`` changed; that never changes once it came to its end, so the last asked for are kept."""
    return _changes(ledger, load.run, load.finished_at)


@lru_cache(maxsize=2)
def _changes(ledger: Ledger, run: str, _finished_at: datetime | None) -> Changes:
    return Changes(tuple(ledger.changes(ledger.load(run))))


def _run(load: Load, counted: tuple[int, int, int], rejects: int) -> Run:
    made, every, gone = (int(count or 0) for count in counted)
    return Run(load, dict(zip(EFFECTS, (made, every - made - gone, gone), strict=True)), rejects)
