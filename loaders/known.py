"""The rows that the ledger knows of one mapping in one graph, read as little of at a time as a plan needs."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from graph_app.database import Database
from graph_app.database.tables import LoadRow

_AT_ONCE = 2000


class KnownTable:
    """The rows of one table that stand, and which of them were met in a file, on which line.

    ``noted`` has those that were written otherwise there: the number of the row, its hash now, and its line.
    """

    def __init__(self, rows: Iterable[tuple[int, bytes, bool]]) -> None:
        self.numbers, self.lines = array("q"), array("l")
        self.repeated = bytearray()
        self.by_raw: dict[bytes, int] = {}
        for number, raw, repeated in rows:
            if raw:
                self.by_raw[raw] = len(self.numbers)
            self.numbers.append(number)
            self.repeated.append(repeated)
        self.lines = array("l", bytes(self.lines.itemsize * len(self.numbers)))
        self.noted: list[tuple[int, bytes, int]] = []

    def __len__(self) -> int:
        return len(self.numbers)

    def meet(self, place: int, line: int) -> bool:
        """Keep that the row at ``place`` stands on ``line``; return whether it was not met before."""
        before, self.lines[place] = self.lines[place], self.lines[place] or line
        return not before

    @property
    def met(self) -> int:
        """How many rows were met."""
        return sum(map(bool, self.lines))

    def met_numbers(self) -> tuple[int, ...] | None:
        """Return the numbers of the rows that were met; None if all were."""
        if self.met == len(self):
            return None
        return tuple(number for number, line in zip(self.numbers, self.lines, strict=True) if line)

    def line_of(self, number: int) -> int:
        """Return the line on which the row with this number was met; 0 if it was not."""
        place = bisect_left(self.numbers, number)
        found = place < len(self.numbers) and self.numbers[place] == number
        return self.lines[place] if found else 0


@dataclass(frozen=True)
class KnownRow:
    """One row that stands: its number, where it belongs, what makes it one row, and what it asserts."""

    number: int
    mapping: str
    table: str
    identity: bytes
    claims: tuple[str, ...]


class Known:
    """What the ledger in ``database`` knows of the rows of ``mapping`` in ``graph``."""

    def __init__(self, database: Database, graph: str | None, mapping: str) -> None:
        self.database, self.graph, self.mapping = database, graph, mapping

    def table(self, name: str) -> KnownTable:
        """Return the rows of the table ``name``."""
        asked = self._of(name, LoadRow.number, LoadRow.raw, LoadRow.repeated).order_by(LoadRow.number)
        return KnownTable((number, raw, repeated) for number, raw, repeated in self._rows(asked))

    def contents(self, name: str, table: KnownTable) -> dict[bytes, int]:
        """Return the places in ``table`` by what the rows say."""
        places = {number: place for place, number in enumerate(table.numbers)}
        asked = self._of(name, LoadRow.number, LoadRow.content)
        return {content: places[number] for number, content in self._rows(asked) if content}

    def unmet(self, name: str, table: KnownTable) -> Iterator[KnownRow]:
        """Yield those rows of ``table``, which has this name, that were not met."""
        asked = self._of(name, LoadRow.number, LoadRow.identity, LoadRow.claims)
        for number, identity, claims in self._rows(asked):
            if not table.line_of(number):
                yield KnownRow(number, self.mapping, name, identity, tuple(claims.split()))

    def holders(self, claims: Collection[str]) -> Iterator[KnownRow]:
        """Yield the rows of any mapping that assert one of ``claims``, with those that they assert of them."""
        asked = select(LoadRow.number, LoadRow.mapping, LoadRow.table, LoadRow.identity, LoadRow.claims)
        for number, mapping, table, identity, held in self._rows(asked.where(*self._standing())):
            if found := tuple(one for one in held.split() if one in claims):
                yield KnownRow(number, mapping, table, identity, found)

    def _standing(self) -> tuple[Any, ...]:
        return LoadRow.graph == self.graph, LoadRow.gone.is_(None)

    def _of(self, name: str, *columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of the table
        return select(*columns).where(*self._standing(), LoadRow.mapping == self.mapping, LoadRow.table == name)

    def _rows(self, asked: Any) -> Iterator[Any]:  # noqa: ANN401 - any selection
        with self.database.engine.connect() as connection:
            yield from connection.execution_options(yield_per=_AT_ONCE).execute(asked)
