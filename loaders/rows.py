"""What tells one row of an export from another: its bytes, what it says, what it speaks of, and what it asserts.

* ``raw``      hash of its cells: equal, and nothing of the row needs to be looked at again
* ``content``  hash of what the cells mean: equal, and the row is the same in other letters and digits
* ``identity`` what makes it one row, whatever it says now: the ``key`` of its table, else the claims that it makes

They also depend on the rules of the mapping and on how cells are read: by other rules a row is another one.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from graph_app.dates import PartialDate
from graph_app.text import canonical
from loaders.facts import EntityClaim, RowFacts, TieClaim, evidence_id
from loaders.mapping import MappingFile
from loaders.rules import TableRule

NORMALISER = 2  # to be raised when a cell is read as another value than before: then all rows are read anew
_BYTES = 16
_BETWEEN = "\x1f"
_NOT_OF_MAPPING = {"about", "tables", "version", "tests"}
_NOT_OF_TABLE = {"read", "export", "on_absent", "guards", "tests"}


@dataclass(frozen=True)
class RowRecord:
    """One row as the ledger keeps it. ``entities`` are those it speaks of; they are not kept."""

    table: str
    identity: bytes
    raw: bytes
    content: bytes
    file: str
    line: int
    claims: tuple[str, ...]
    repeated: bool = False
    entities: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class RowWork:
    """What a load does to the rows in the ledger.

    Parameters
    ----------
    new
        Rows that it brings.
    gone
        Numbers of those that no longer stand, each with its claims as they are while a plan is made.
    noted
        Rows in other letters than before: number, hash of the cells now, line.
    met
        Tables, each with the numbers of the rows that were met; None: all that stand.
    scan
        Digest of all the bytes that were read, if all of their rows were taken.

    """

    new: Iterable[RowRecord] = ()
    gone: Mapping[int, tuple[str, ...]] = field(default_factory=dict, hash=False)
    noted: tuple[tuple[int, bytes, int], ...] = ()
    met: tuple[tuple[str, tuple[int, ...] | None], ...] = ()
    scan: str | None = None

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.noted or self.scan)

    def without(self, left: frozenset[str]) -> "RowWork":
        """Return the work without the rows that speak of a thing in ``left``, which is not written."""
        spoken = {record.identity for record in self.new if not left.isdisjoint((*record.claims, *record.entities))}
        new = tuple(record for record in self.new if record.identity not in spoken)
        kept = {claim for record in self.new if record.identity in spoken for claim in record.claims} | {*left}
        gone = {number: claims for number, claims in self.gone.items() if kept.isdisjoint(claims)}
        return replace(self, new=new, gone=gone, scan=None)


class Recorder:
    """Hashes the rows of one table in the order of columns that one export has."""

    def __init__(self, mapping: MappingFile, table: TableRule, columns: Iterable[str]) -> None:
        names = list(columns)
        self.table = table
        self._order, self._named = sorted(range(len(names)), key=names.__getitem__), sorted(names)
        self._rules = _digest(_rules(mapping, table))
        self._columns = _digest(_BETWEEN.join(sorted(names)), self._rules)

    def raw(self, cells: Sequence[str]) -> bytes:
        """Return the hash of the cells of a row."""
        return _digest(_BETWEEN.join([cells[place] for place in self._order]), self._columns)

    def content(self, values: Mapping[str, Any]) -> bytes:
        """Return the hash of what the cells of a row mean."""
        said = [f"{name}={_said(values[name])}" for name in self._named if values[name] is not None]
        return _digest(_BETWEEN.join(said), self._rules)

    def record(self, row: RowFacts, *, repeated: bool = False) -> RowRecord:
        """Return ``row`` as the ledger keeps it; a ``repeated`` one tells nothing that others do not."""
        claims = tuple(map(claim_id, row.facts))
        table = self.table
        entities = tuple(claim.id for claim in row.entities)
        identity = self._identity(row, claims)
        raw, content = self.raw(row.row.cells), self.content(row.values)
        return RowRecord(table.file, identity, raw, content, row.file, row.row.line, claims, repeated, entities)

    def _identity(self, row: RowFacts, claims: Iterable[str]) -> bytes:
        if not self.table.key:
            return _digest(" ".join(claims))
        said = [_said(row.values.get(name)) for name in self.table.key]
        sources = sorted({fact.evidence.source for fact in row.facts})
        return _digest(_BETWEEN.join([self.table.file, *said, *sources]))


def claim_id(fact: EntityClaim | TieClaim) -> str:
    """Return the id of the tie that holds a claim; that of one about an entity is its evidence tie."""
    if isinstance(fact, TieClaim):
        return fact.id
    return evidence_id(fact.id, fact.evidence.source, fact.evidence.mapping)


def _rules(mapping: MappingFile, table: TableRule) -> str:
    common = mapping.model_dump(mode="json", exclude=_NOT_OF_MAPPING | _NOT_OF_TABLE)
    own = table.model_dump(mode="json", exclude=_NOT_OF_TABLE)
    nulls = [*mapping.read.nulls, *table.read.nulls]
    return json.dumps([NORMALISER, common, own, nulls], sort_keys=True)


def _digest(text: str, key: bytes = b"") -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES, key=key).digest()


def _said(value: Any) -> str:  # noqa: ANN401 - the value of any column
    if type(value) is str:  # most are
        return _canonical(value)
    match value:
        case PartialDate():
            return _canonical(value.written)
        case tuple():
            return "\x1e".join(sorted(_canonical(str(item)) for item in value))
    return str(value)


@lru_cache(maxsize=1 << 14)
def _canonical(text: str) -> str:
    return canonical(text)
