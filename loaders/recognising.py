"""The rows of an export that the ledger knows, told from the others without looking at what they say.

A row with the same cells as before is unchanged, one whose cells mean the same is reformatted; neither is compared with
the graph. What changed is, together with its companions: unchanged rows that speak of the same, without which nobody
could tell what the graph should hold of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from loaders.compiling import compile_table
from loaders.facts import Reject, RowFacts
from loaders.heading import heading
from loaders.known import Known, KnownRow, KnownTable
from loaders.mapping import MappingFile
from loaders.reading import Export, Row
from loaders.rows import Recorder, RowRecord, claim_id
from loaders.rules import TableRule


class Sieve(Export):
    """An export of which only the rows that are ``wanted``, and those with a fault, come through."""

    def __init__(self, whole: Export, wanted: Callable[[Row], bool]) -> None:
        self.name, self.reading, self.header = whole.name, whole.reading, whole.header
        self._whole, self._wanted = whole, wanted

    @property
    def rows(self) -> Iterator[Row]:
        """The rows that are wanted."""
        return (row for row in self._whole.rows if row.fault or self._wanted(row))


class TableRecognition:
    """One table of a load: what the ledger knows of it, and what became of the rows that it knew."""

    def __init__(self, export: Export, table: TableRule, mapping: MappingFile, known: Known | None) -> None:
        self.export, self.table, self.mapping, self._known = export, table, mapping, known
        self.columns = heading(export, table, mapping)
        self.recorder = Recorder(mapping, table, self.columns)
        self.known = known.table(table.file) if known else KnownTable(())
        self.counts = Counter[str]()

    @cached_property
    def _contents(self) -> dict[bytes, int]:
        return self._known.contents(self.table.file, self.known) if self._known and len(self.known) else {}

    def rows(self, *, thorough: bool) -> Iterator[RowFacts | Reject]:
        """Yield the rows that have to be compared with the graph: those that changed, or all of them."""
        export = self.export if thorough or not len(self.known) else Sieve(self.export, self._new)
        for result in compile_table(export, self.table, self.mapping):
            if isinstance(result, Reject) or not self._means_the_same(result, counted=not thorough):
                yield result

    def at(self, lines: Collection[int]) -> Iterator[RowFacts]:
        """Yield the rows on ``lines``; the counts of the first reading stay."""
        reading = replace(self.export.reading)
        sieve = Sieve(self.export, lambda row: row.line in lines)
        yield from (row for row in compile_table(sieve, self.table, self.mapping) if isinstance(row, RowFacts))
        vars(self.export.reading).update(vars(reading))

    def unmet(self) -> Iterator[KnownRow]:
        """Yield the rows that are known and were not met."""
        if self._known and len(self.known):
            yield from self._known.unmet(self.table.file, self.known)

    def new(self, record: RowRecord) -> bool:
        """Return whether the ledger does not have ``record``."""
        return record.content not in self._contents

    def _new(self, row: Row) -> bool:
        place = self.known.by_raw.get(self.recorder.raw(row.cells))
        if place is None:
            return True
        self._count("unchanged", place, first=self.known.meet(place, row.line))
        return False

    def _means_the_same(self, row: RowFacts, *, counted: bool) -> bool:
        """Whether the row is known in other letters; then it is counted, unless all rows are compared anyway."""
        place = self._contents.get(self.recorder.content(row.values)) if self._contents else None
        if place is None:
            return False
        if first := self.known.meet(place, row.row.line):
            self._note(place, row.row)
        if counted:
            self._count("reformatted", place, first=first)
        return counted

    def _count(self, name: str, place: int, *, first: bool) -> None:
        """Count a row, as a duplicate if it stood in the file before or tells nothing that others do not."""
        self.counts[name if first and not self.known.repeated[place] else "duplicate"] += 1

    def _note(self, place: int, row: Row) -> None:
        raw = self.recorder.raw(row.cells)
        if self.known.by_raw.get(raw) != place:
            self.known.noted.append((self.known.numbers[place], raw, row.line))


class Recognition:
    """All tables of a load. ``thorough`` compares every row with the graph, whatever the ledger knows."""

    def __init__(
        self, exports: Mapping[str, Export], mapping: MappingFile, known: Known | None, *, thorough: bool
    ) -> None:
        self.known, self.thorough = known, thorough
        self.tables = {
            table.file: TableRecognition(exports[table.file], table, mapping, known)
            for table in mapping.tables
            if table.file in exports
        }
        self.by_export = {one.export.name: one for one in self.tables.values()}
        self._records: dict[int, tuple[RowFacts, RowRecord]] = {}  # each is made once

    def rows(self) -> Iterator[RowFacts | Reject]:
        """Yield what has to be compared with the graph, and the rejects, table by table."""
        for table in self.tables.values():
            yield from table.rows(thorough=self.thorough)

    def record(self, row: RowFacts, *, new: bool = True) -> RowRecord:
        """Return ``row`` as the ledger will keep it; not ``new`` is one that tells nothing that others do not."""
        _, made = self._records.get(id(row)) or (row, self.by_export[row.file].recorder.record(row))
        if not row.companion:
            self._records[id(row)] = row, made
        return made if new else replace(made, repeated=True)

    def forget(self) -> None:
        """Let go of the rows; their records are made."""
        self._records.clear()

    @property
    def met(self) -> bool:
        """Whether any row was known."""
        return any(table.known.met for table in self.tables.values())

    def line_of(self, row: KnownRow) -> int:
        """Return the line on which ``row`` was met; 0 if it was not."""
        ours = self.known is not None and row.mapping == self.known.mapping and row.table in self.tables
        return self.tables[row.table].known.line_of(row.number) if ours else 0

    def companions(self, lines: Mapping[str, Collection[int]], claims: Collection[str]) -> Iterator[RowFacts]:
        """Yield the rows on these lines of these tables, with nothing of them but ``claims``."""
        for name, wanted in lines.items():
            for row in self.tables[name].at(wanted):
                entities = tuple(one for one in row.entities if claim_id(one) in claims)
                ties = tuple(one for one in row.ties if one.id in claims)
                yield replace(row, entities=entities, ties=ties, companion=True)

    def in_order(self, rows: Iterable[RowFacts]) -> list[RowFacts]:
        """Return ``rows`` as they stand in the files, table by table."""
        order = {name: place for place, name in enumerate(self.by_export)}
        return sorted(rows, key=lambda row: (order[row.file], row.row.line))
