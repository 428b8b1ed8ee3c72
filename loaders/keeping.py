"""The rows in the ledger, changed with the load that changes them, taken back with it, and doubted where need be.

A row that is doubted stays known, so that its absence can be seen, but is read and compared with the graph again.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, case, delete, func, select, update
from sqlalchemy.orm import Session

from graph_app.database.bulk import insert_all, insert_tuples, unindexed
from graph_app.database.tables import Load, LoadChange, LoadRow, LoadScan, now
from graph_app.graph.writer import batched
from loaders import entries
from loaders.plan import Balance, Plan
from loaders.promise import Promise
from loaders.rows import RowRecord, RowWork
from loaders.staging.staged import StagedPlan

_BATCH = 1000
_TOLD = ("table", "identity", "raw", "content", "file", "line", "repeated")
_DOUBTED = {"raw": b"", "content": b""}


def begin(session: Session, load: Load, plan: Plan) -> None:
    """Keep what the rows of ``plan`` are once ``load`` has come to its end."""
    if (rows := plan.rows) is None:
        doubt(session, load.graph, {change.id for change in plan.steps()})
        return
    _take(session, load.graph, plan.mapping, rows, load.number)
    for numbers in batched(rows.gone, _BATCH):
        session.execute(update(LoadRow).where(LoadRow.number.in_(numbers)).values(gone=load.number))
    for table, met in rows.met:
        _met(session, load, table, met)
    if rows.scan:
        _scan(session, load.graph, plan, rows.scan, load.number)


def changes(session: Session, load: Load, work: Promise) -> str:
    """Keep what ``load`` is going to change, and return the digest of that."""
    columns = ("load", "seq", *entries.COLUMNS)
    if isinstance(work.plan, StagedPlan):
        rows = ((load.number, seq, *row) for seq, row in enumerate(work.plan.rows_of_changes(), start=1))
        with unindexed(session, LoadChange):
            insert_tuples(session, LoadChange, columns, rows)
        return work.plan.digest
    digest = work.digesting()
    numbered = enumerate(map(entries.row_of, work.plan.steps()), start=1)
    told = ({"load": load.number, "seq": seq, **digest.add(row)} for seq, row in numbered)
    insert_all(session, LoadChange, columns, told)
    return digest.hexadecimal


def totals(session: Session, load: Load) -> dict[str, int]:
    """Return how many things ``load`` makes, changes and removes: ``create``, ``update``, ``remove``."""
    new, gone = LoadChange.before.is_(None), LoadChange.after.is_(None)
    made = func.sum(case((new, 1), else_=0))
    removed = func.sum(case((and_(~new, gone), 1), else_=0))
    row = session.execute(select(func.count(), made, removed).where(LoadChange.load == load.number)).one()
    every, created, lost = (int(count or 0) for count in row)
    return {"create": created, "update": every - created - lost, "remove": lost}


def note(session: Session, graph: str, plan: Plan, serial: int) -> None:
    """Keep the rows of a ``plan`` that changes nothing in the graph; what is gone needs no way back."""
    if (rows := plan.rows) is None:
        return
    _take(session, graph, plan.mapping, rows, None)
    for numbers in batched(rows.gone, _BATCH):
        session.execute(delete(LoadRow).where(LoadRow.number.in_(numbers)))
    if rows.scan:
        _scan(session, graph, plan, rows.scan, serial=serial)


def finish(session: Session, load: Load, serial: int) -> None:
    """Keep that the graph has had ``serial`` loads now: what other files were seen to change may be otherwise."""
    session.execute(update(LoadScan).where(LoadScan.load == load.number).values(serial=serial))
    session.execute(delete(LoadScan).where(LoadScan.graph == load.graph, LoadScan.serial != serial))


def take_back(session: Session, load: Load) -> None:
    """Take back what ``load`` did to the rows, and doubt those that make the claims it touched."""
    session.execute(delete(LoadScan).where(LoadScan.graph == load.graph))
    session.execute(delete(LoadRow).where(LoadRow.first == load.number))
    session.execute(update(LoadRow).where(LoadRow.gone == load.number).values(gone=None))
    session.execute(update(LoadRow).where(LoadRow.last == load.number).values(last=LoadRow.first))
    touched = set(session.scalars(select(LoadChange.key).where(LoadChange.load == load.number)))
    doubt(session, load.graph, touched)


def doubt(session: Session, graph: str, claims: Collection[str] | None = None) -> None:
    """Doubt the rows of ``graph`` that make one of ``claims``, or all of its rows."""
    session.execute(delete(LoadScan).where(LoadScan.graph == graph))
    if claims is None:
        session.execute(update(LoadRow).where(LoadRow.graph == graph).values(**_DOUBTED))
        return
    asked = select(LoadRow.number, LoadRow.claims).where(LoadRow.graph == graph).execution_options(yield_per=2000)
    found = [number for number, held in session.execute(asked) if any(one in claims for one in held.split())]
    for numbers in batched(found, _BATCH):
        session.execute(update(LoadRow).where(LoadRow.number.in_(numbers)).values(**_DOUBTED))


def knows(session: Session, graph: str | None) -> bool:
    """Return whether any row of ``graph`` is known."""
    return session.scalar(select(LoadRow.number).where(LoadRow.graph == graph).limit(1)) is not None


def seen(session: Session, graph: str | None, digest: str, serial: int) -> LoadScan | None:
    """Return what is known of files with this ``digest`` in a graph that has had ``serial`` loads."""
    found = session.get(LoadScan, (graph, digest)) if graph else None
    return found if found and found.serial == serial else None


def _take(session: Session, graph: str, mapping: str, work: RowWork, load: int | None) -> None:
    """Insert the new rows, and note the cells of those that are written otherwise now."""
    same = {"graph": graph, "mapping": mapping, "first": load, "last": load}
    insert_all(session, LoadRow, (*same, *_TOLD, "claims"), ({**same, **_columns(record)} for record in work.new))
    for notes in batched(work.noted, _BATCH):
        session.execute(update(LoadRow), [{"number": one, "raw": raw, "line": line} for one, raw, line in notes])


def _columns(record: RowRecord) -> dict[str, Any]:
    return {**{name: getattr(record, name) for name in _TOLD}, "claims": " ".join(record.claims)}


def _met(session: Session, load: Load, table: str, numbers: Iterable[int] | None) -> None:
    """Keep that ``load`` met these rows of a table, or all that stand."""
    if numbers is None:
        there = (LoadRow.graph == load.graph, LoadRow.mapping == load.mapping, LoadRow.table == table)
        session.execute(update(LoadRow).where(*there, LoadRow.gone.is_(None)).values(last=load.number))
        return
    for some in batched(numbers, _BATCH):
        session.execute(update(LoadRow).where(LoadRow.number.in_(some)).values(last=load.number))


def _scan(
    session: Session, graph: str, plan: Plan, digest: str, load: int | None = None, serial: int | None = None
) -> None:
    rejects = [entries.of_reject(reject) for reject in plan.rejects]
    told = {"balance": vars(settled(plan.balance)), "rejects": rejects, "seen_at": now()}
    session.merge(LoadScan(graph=graph, digest=digest, load=load, serial=serial, **told))


def settled(balance: Balance) -> Balance:
    """Return the balance of the same rows when they are read again, and nothing is left to do for them."""
    same = balance.created + balance.updated + balance.reformatted + balance.unchanged
    return Balance(balance.read, 0, 0, 0, same, balance.duplicate, balance.rejected, balance.ignored)
