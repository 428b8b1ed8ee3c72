"""The steps of staging: compile the rows, leave out those that cannot stand, fold the rest."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from loaders import entries
from loaders.absence import missing
from loaders.applying import new_run
from loaders.facts import Reject
from loaders.gathering import Gathered, take
from loaders.guards import blocks
from loaders.plan import Balance, TableCount
from loaders.planning import read_exports
from loaders.progress import Meter, Watch
from loaders.recognising import Recognition, TableRecognition
from loaders.rows import RowWork
from loaders.staging.compiling import Compiled, compiled
from loaders.staging.folding import Folded, Folding, folded, row_of
from loaders.staging.resolving import Asked, Rejected, reject_contradicting, reject_dangling, undefined
from loaders.staging.spill import DAYS, ENTITIES, FACTS, NAMES, TIES, forget, place, spilled
from loaders.staging.staged import Kept, Records, StagedPlan
from loaders.staging.task import EachOf, Task, at_work

_ISSUED = "issued_latest"


class MergedError(Exception):
    """Rows say that things were merged."""


def stage(task: Task, files: Path, watch: Watch) -> StagedPlan:
    """Return the plan for loading the exports of ``task`` into a graph that holds nothing.

    Parameters
    ----------
    task
        The exports, and where to put away what they say; that folder has to stay until the run has come to its end.
    files
        The folder for the files of the import tool.
    watch
        Is told how far it is.

    Raises
    ------
    MergedError
        If the rows say that things were merged: then no part can be told without the others.
    LoadError
        If a file cannot be read or does not have the columns of its table.

    """
    with at_work(task) as each:
        meter = Meter(watch, "read", 2)
        found = each(compiled, [(task, share) for share in range(task.shares)])
        meter.add(1)
        if any(one.merges for one in found):
            raise MergedError
        rejected, run = Rejected(), new_run()
        while True:
            _without_dangling(task, each, rejected)
            parts = _folded(task, each, files, run, rejected)
            if not (suspects := set[int]().union(*(one.suspects for one in parts))):
                break
            reject_contradicting(task, suspects, rejected)
            for path in files.iterdir():
                path.unlink()
            forget(task.folder, (ENTITIES, TIES))
        meter.add(1)
    forget(task.folder, (FACTS, NAMES))
    return _plan(task, found, parts, rejected, run)


def _without_dangling(task: Task, each: EachOf, rejected: Rejected) -> None:
    """Reject rows that speak of what nobody defines, then rows that speak of what those defined, and so on."""
    while True:
        without = frozenset(rejected.orders)
        found = each(undefined, [Asked(task, share, without) for share in range(task.shares)])
        names = {name: orders for one in found for name, orders in one.items()}
        if not names:
            return
        reject_dangling(task, names.keys(), {number for orders in names.values() for number in orders}, rejected)


def _folded(task: Task, each: EachOf, files: Path, run: str, rejected: Rejected) -> list[Folded]:
    without = frozenset(rejected.orders)
    days = _published(task, without)
    return each(folded, [Folding(task, share, files, run, without, days) for share in range(task.shares)])


def _published(task: Task, without: frozenset[int]) -> dict[str, date]:
    """Return when the sources of the load were published."""
    gathered = Gathered()
    for number, claim in sorted(spilled(task.folder, DAYS, 0, task.shares), key=lambda one: one[0]):
        if number not in without:
            take(row_of([claim]), gathered)
    claims = gathered.claims.values()
    return {claim.id: claim.properties[_ISSUED] for claim in claims if _ISSUED in claim.properties}


def _plan(task: Task, found: Sequence[Compiled], parts: Sequence[Folded], rejected: Rejected, run: str) -> StagedPlan:
    recognition = Recognition(read_exports(task.files, task.mapping, task.said), task.mapping, None, thorough=True)
    for name, table in recognition.tables.items():
        vars(table.export.reading).update(vars(found[0].readings[name]))
    unread = sorted((one for share in found for one in share.rejects), key=lambda one: one[0])
    rejects = (*(entries.reject(entry) for _, entry in unread), *rejected.rejects)
    adding = _adding(len(recognition.tables), parts)
    balance, tables = _balance(recognition, rejects, sum(sum(one) for one in adding))
    exports = [table.export for table in recognition.tables.values()]
    return StagedPlan(
        task.mapping.mapping,
        tuple(export.name for export in exports),
        _kept(task, ENTITIES, parts),
        _kept(task, TIES, parts),
        rejects,
        balance,
        tuple(export.reading for export in exports),
        tables,
        blocks(task.mapping, tables),
        rows=RowWork(Records(task, adding, frozenset(rejected.orders))) if task.mapping.remember else None,
        run=run,
        classes=sum((one.classes for one in parts), Counter[str]()),
        speaking=frozenset().union(*(one.speaking for one in parts)),
        digest=hashlib.sha256("".join(one.digest for one in parts).encode()).hexdigest(),
        statuses=frozenset().union(*(one.statuses for one in parts)),
        brings_nothing_confidential=all(one.public for one in parts),
        written=tuple(one.written for one in parts),
    )


def _kept(task: Task, kind: str, parts: Sequence[Folded]) -> Kept:
    return Kept(task.folder, kind, task.shares, sum(one.counts[kind] for one in parts))


def _adding(tables: int, parts: Sequence[Folded]) -> list[bytearray]:
    """Return, table by table, for each line whether it says something new."""
    adding = [bytearray() for _ in range(tables)]
    for one in parts:
        for number in one.adding:
            table, line = place(number)
            if len(adding[table]) <= line:
                adding[table].extend(bytes(line + 1 + (1 << 16) - len(adding[table])))
            adding[table][line] = 1
    return adding


def _balance(
    recognition: Recognition, rejects: Sequence[Reject], created: int
) -> tuple[Balance, tuple[TableCount, ...]]:
    """Return what became of all rows, and the counts of each table: of those that stand, each is new or repeated."""
    readings = [table.export.reading for table in recognition.tables.values()]
    read, blank = sum(one.rows for one in readings), sum(one.blank for one in readings)
    balance = Balance(read + blank, created, 0, 0, 0, read - created - len(rejects), len(rejects), blank)
    return balance, tuple(_count(table, rejects) for table in recognition.tables.values())


def _count(table: TableRecognition, rejects: Sequence[Reject]) -> TableCount:
    refused = [one for one in rejects if one.file == table.export.name]
    unsure = missing(table, (), refused, partial=False).unsure
    return TableCount(table.table.file, table.export.reading.rows, len(refused), 0, 0, 0, 0, 0, unsure)
