"""A plan of a first load of which the changes stand in files: those of the import tool, and rows for the ledger."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from loaders import entries
from loaders.importing import Written
from loaders.plan import Change, Plan
from loaders.rows import RowRecord
from loaders.staging.spill import RECORDS, place, spilled

if TYPE_CHECKING:
    from loaders.staging.task import Task

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Kept(Sequence[Any]):
    """Things in files, read again each time they are looked at; only those that are asked for are changes."""

    folder: Path
    kind: str
    shares: int
    many: int

    def rows(self) -> Iterator[Row]:
        """Yield them as they are kept."""
        return spilled(self.folder, self.kind, 0, self.shares, plain=True)

    def __len__(self) -> int:
        return self.many

    def __iter__(self) -> Iterator[Any]:
        return map(_change, self.rows())

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - an index or a slice
        if isinstance(at, slice):
            return tuple(map(_change, islice(self.rows(), *at.indices(self.many))))
        return _change(next(islice(self.rows(), at, None)))


@dataclass(frozen=True)
class Records:
    """The rows as the ledger keeps them: each content once, without those that were rejected."""

    task: "Task"
    adding: Sequence[bytearray] = field(hash=False)
    without: frozenset[int] = field(hash=False)

    def __iter__(self) -> Iterator[RowRecord]:
        for part in range(self.task.parts):
            seen = set[tuple[str, bytes]]()
            found = list(spilled(self.task.folder, RECORDS, part, self.task.shares))
            for number, record in sorted(found, key=lambda one: one[0]):
                if number in self.without or (key := (record.table, record.content)) in seen:
                    continue
                seen.add(key)
                table, line = place(number)
                vars(record)["repeated"] = not self.adding[table][line]
                yield record


@dataclass(frozen=True)
class StagedPlan(Plan):
    """A plan whose changes stand in files: they are counted, kept in the ledger and looked up, but never all held.

    Parameters
    ----------
    run
        The run that will write it: its ties say so already.
    classes
        How many things of each label or type it makes.
    speaking
        The things that it makes of which statuses and sister cities have to be asked of the graph.
    statuses
        Those that its agreements have had.
    brings_nothing_confidential
        Whether nothing says that it is not for everybody.
    digest
        Of all its changes.
    written
        The files for the import tool; they lack the statuses and what the graph says of its loading.

    """

    run: str = ""
    classes: Counter[str] = field(default_factory=Counter, hash=False)
    speaking: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    brings_nothing_confidential: bool = False
    digest: str = ""
    written: tuple[Written, ...] = ()

    @property
    def public(self) -> bool:
        """Return what ``Plan.public`` does."""
        return self.brings_nothing_confidential

    def counts(self) -> list[tuple[str, int, int, int]]:
        """Return what ``Plan.counts`` does; all is new."""
        return self.counted(self.classes, Counter(), Counter())

    def rows_of_changes(self) -> Iterable[Row]:
        """Yield all changes as rows of the ledger, entities first."""
        for kept in (self.entities, self.ties):
            yield from cast("Kept", kept).rows()


def _change(row: Row) -> Change:
    named = dict(zip(entries.COLUMNS, row, strict=True))
    documents = {name: json.loads(named[name] or "null") for name in ("labels", "had", "before", "after")}
    return entries.change({**named, **documents})
