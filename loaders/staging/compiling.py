"""The rows of one share compiled, and what they claim put away by the thing that it is claimed of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders import entries
from loaders.compiling import compile_table
from loaders.facts import EntityClaim, Reject, RowFacts, TieClaim
from loaders.planning import read_exports
from loaders.reading import Reading, Row
from loaders.recognising import Recognition, Sieve, TableRecognition
from loaders.staging.spill import ACTED, DAYS, FACTS, NAMES, RECORDS, Spill, order, part_of, place
from loaders.staging.task import Task

_AGREEMENT, _SOURCE = "agreement:", "source:"
_LINES = 1000  # that stand together go to one share


@dataclass(frozen=True)
class Compiled:
    """What a share came to: its rejects as entries, each with the order of its row, and how the files were read.

    ``merges`` says that a row tells what was merged into what: then nothing can be told part by part.
    """

    rejects: list[tuple[int, entries.Entry]] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    merges: bool = False


def compiled(asked: tuple[Task, int]) -> Compiled:
    """Compile the rows of a share of a task."""
    task, share = asked
    recognition = Recognition(read_exports(task.files, task.mapping, task.said), task.mapping, None, thorough=True)
    away, found, merges = _Away(task, share), Compiled(), False

    def ours(row: Row) -> bool:
        return row.line // _LINES % task.shares == share

    for number, (name, table) in enumerate(recognition.tables.items()):
        for result in compile_table(Sieve(table.export, ours), table.table, task.mapping):
            if isinstance(result, RowFacts):
                merges = merges or any(claim.into for claim in result.entities)
                away.put(order(number, result.row.line), result, table)
            elif ours(result.row):  # all shares see what has a fault
                found.rejects.append((order(number, result.row.line), entries.of_reject(result)))
        found.readings[name] = table.export.reading
    away.close()
    return Compiled(found.rejects, found.readings, merges)


def again(task: Task, orders: Iterable[int]) -> Iterator[tuple[int, RowFacts]]:
    """Yield the rows with these orders once more, as they stand in the files."""
    wanted = set(orders)
    recognition = Recognition(read_exports(task.files, task.mapping, task.said), task.mapping, None, thorough=True)
    for number, table in enumerate(recognition.tables.values()):
        lines = {line for at, line in map(place, wanted) if at == number}
        sieve = Sieve(table.export, lambda row, lines=lines: row.line in lines)  # type: ignore[misc]
        for result in compile_table(sieve, table.table, task.mapping) if lines else ():
            if not isinstance(result, Reject):
                yield order(number, result.row.line), result


def home(tie: TieClaim) -> str:
    """Return the end of a tie with which it is folded: the agreement, of which something follows."""
    return tie.end if tie.end.startswith(_AGREEMENT) else tie.start


class _Away:
    """Where the rows of a share are put."""

    def __init__(self, task: Task, share: int) -> None:
        self._parts = task.parts
        self._spills = {
            kind: Spill(task.folder, kind, share, task.parts, plain=kind in {NAMES, ACTED})
            for kind in (FACTS, NAMES, RECORDS, DAYS, ACTED)
        }

    def put(self, number: int, row: RowFacts, table: TableRecognition) -> None:
        facts, names = self._spills[FACTS], self._spills[NAMES]
        own = {claim.id for claim in row.entities}
        for claim in row.entities:
            facts.add(part := part_of(claim.id, self._parts), (number, claim))
            names.add(part, (number, claim.id, True))
            self._day(number, claim)
        for tie in row.ties:
            facts.add(part_of(home(tie), self._parts), (number, tie))
            if tie.start != home(tie) and tie.start.startswith(_AGREEMENT):
                self._spills[ACTED].add(part_of(tie.start, self._parts), (number, tie.start))
        for name in mentioned(row) - own:
            names.add(part_of(name, self._parts), (number, name, False))
        record = table.recorder.record(row)
        self._spills[RECORDS].add(record.content[0] % self._parts, (number, record))

    def _day(self, number: int, claim: EntityClaim) -> None:
        if claim.id.startswith(_SOURCE):
            self._spills[DAYS].add(0, (number, claim))

    def close(self) -> None:
        for spill in self._spills.values():
            spill.close()


def mentioned(row: RowFacts) -> set[str]:
    """Return what a row speaks of and does not define itself, among what it does."""
    ends = {end for tie in row.ties for end in (tie.start, tie.end)}
    return ends | {fact.evidence.source for fact in row.facts}
