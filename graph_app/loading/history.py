"""The runs that were applied, with their counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.tables import Load, LoadReject
from graph_app.loading.steps import EFFECTS, Changes, Effect
from loaders import keeping
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
        return Timeline(tuple(_run(session, load) for load in loads[:size]), len(loads) > size)


def _run(session: Session, load: Load) -> Run:
    """Return ``load`` with its counts; one that came to its end knows them."""
    rejects = select(func.count()).where(LoadReject.load == load.number)
    found = load.totals or keeping.totals(session, load)
    return Run(load, {effect: found[effect] for effect in EFFECTS}, session.scalar(rejects) or 0)


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
        return (_run(session, load) if load else None), session.scalar(later) or 0


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
