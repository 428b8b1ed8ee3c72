"""The changes of a run, written in batches, each exactly once, however often the run is begun again.

The graph counts the changes in the transaction that writes them. A run that was cut off goes on behind that count,
and so does a batch of which nobody heard whether it came through. A batch that the server refuses is halved until the
changes at fault stand alone; they are left out and told, the others go in.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import neo4j

from graph_app.errors import N_, LoadError, PeyvandError, StoreError
from graph_app.graph.transactions import refused
from graph_app.graph.writer import BATCH, Writer, batched
from loaders.plan import Change
from loaders.progress import Meter, Phase, Watch
from loaders.statements import statement

_MOST_REFUSED = 1000  # changes; more than that is not an accident of single rows
_REFUSALS = (StoreError, OverflowError, ValueError, TypeError)
Row = Mapping[str, Any]
Refuse = Callable[[Change, PeyvandError], None]


@dataclass(frozen=True)
class Section:
    """Changes of one kind.

    Parameters
    ----------
    phase
        For those who watch.
    ways
        Statements that write them: the first is tried first, the last bears what is there already.
    changes
        What to write.
    row
        Gives the row of a change, for the statement.
    whole
        Whether the statement must return how many it wrote, and that has to be all.

    """

    phase: Phase
    ways: tuple[str, ...]
    changes: Sequence[Change]
    row: Callable[[Any], Row]
    whole: bool = True


@dataclass(frozen=True)
class Batch:
    """Some changes of ``section``, ready to be sent: they follow the first ``at`` changes of the run."""

    section: Section
    at: int
    changes: Sequence[Change]
    rows: Sequence[Row]

    @property
    def halves(self) -> "tuple[Batch, Batch]":
        """The batch as two, for finding what the server refuses of it."""
        half = len(self.rows) // 2
        return (
            Batch(self.section, self.at, self.changes[:half], self.rows[:half]),
            Batch(self.section, self.at + half, self.changes[half:], self.rows[half:]),
        )


class LostError(StoreError):
    """The server wrote fewer things than it was given."""


def batches_of(sections: Iterable[Section], cursor: int = 0) -> Iterator[Batch]:
    """Yield the batches of ``sections`` behind the first ``cursor`` changes."""
    at = 0
    for section in sections:
        there = min(max(cursor - at, 0), len(section.changes))
        at += there
        for changes in batched(islice(section.changes, there, None), BATCH):
            yield Batch(section, at, changes, [section.row(change) for change in changes])
            at += len(changes)


def made_ahead(batches: Iterator[Batch]) -> Generator[Batch, None, None]:
    """Yield ``batches``, each made ready while the server writes the one before.

    ::

        maker    rows of 1 | rows of 2 | rows of 3 | …
        taker              | writes 1  | writes 2  | …
    """
    with ThreadPoolExecutor(1, thread_name_prefix="maker") as maker:
        coming = maker.submit(next, batches, None)
        while batch := coming.result():
            coming = maker.submit(next, batches, None)
            yield batch


def put(open_: neo4j.Transaction, run: str, batch: Batch, way: str) -> None:
    """Write ``batch`` by the statement ``way``, if there is one, and count it, unless it was counted before.

    Raises
    ------
    LoadError
        If the graph does not say that the run stands before or behind the batch.
    LostError
        If not all of it was written.

    """
    at, to = batch.at, batch.at + len(batch.rows)
    stood = open_.run(statement("move_cursor"), run=run, at=at, to=to).single()
    if stood is None or stood["cursor"] < at:
        message = N_("The graph does not say where the run %(run)s stands. Run peyvand load apply again.")
        raise LoadError(message, run=run)
    if stood["cursor"] == at and way:
        written = open_.run(way, rows=batch.rows).single()
        if batch.section.whole and (written is None or written["written"] != len(batch.rows)):
            raise LostError(N_("Something that it is tied to is not in the graph."))


class Batches:
    """Writes the sections of one run behind the place ``cursor``.

    Parameters
    ----------
    writer, run
        Into which graph, and the id of the run that is at work there.
    cursor
        How many changes are there already.
    refuse
        Is given each change that the server does not take, and why; it must keep that before it returns.

    """

    def __init__(self, writer: Writer, run: str, cursor: int, refuse: Refuse) -> None:
        self._writer, self._run, self._cursor, self._refuse = writer, run, cursor, refuse
        self.refused: set[str] = set()  # ids of changes that were left out

    def write(self, sections: Sequence[Section], watch: Watch) -> None:
        """Write ``sections``; the next batch is made ready while the server writes the present one.

        Raises
        ------
        StoreError
            If the server does not come back, or refuses very many changes. What was written stays, and counts.

        """
        totals, there = Counter[Phase](), Counter[Phase]()
        for section in sections:
            there[section.phase] += min(max(self._cursor - totals.total(), 0), len(section.changes))
            totals[section.phase] += len(section.changes)
        meters = {phase: Meter(watch, phase, total) for phase, total in totals.items() if total}
        for phase, count in there.items():
            if count:
                meters[phase].add(count)
        for batch in made_ahead(batches_of(sections, self._cursor)):
            self._write(batch, batch.section.ways)
            meters[batch.section.phase].add(len(batch.rows))

    def _write(self, batch: Batch, ways: Sequence[str]) -> None:
        try:
            self._once(batch, ways[0])
        except _REFUSALS as error:
            if not (isinstance(error, LostError) or refused(_cause(error))):
                raise
            if len(ways) > 1:
                self._write(batch, ways[1:])
            elif len(batch.rows) > 1:
                for half in batch.halves:
                    self._write(half, ways)
            else:
                self._leave_out(batch, error)

    def _once(self, batch: Batch, way: str) -> None:
        """Write ``batch`` and count it in one transaction, unless it was counted before."""
        self._writer.transaction(lambda open_: put(open_, self._run, batch, way))

    def _leave_out(self, batch: Batch, error: Exception) -> None:
        if len(self.refused) == _MOST_REFUSED:
            raise StoreError(N_("The server refuses more than %(count)s changes."), count=_MOST_REFUSED) from error
        if not isinstance(error, PeyvandError):
            error = StoreError(N_("The graph cannot hold such a value: %(reason)s"), reason=str(error))
        self._refuse(batch.changes[0], error)
        self.refused.add(batch.changes[0].id)
        self._once(batch, "")


def _cause(error: Exception) -> Exception:
    return error.__cause__ if isinstance(error.__cause__, Exception) else error
