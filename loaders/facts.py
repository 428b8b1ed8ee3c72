"""Facts as the loader handles them: claims about entities and ties, each with its evidence, and rejected rows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from graph_app.confidentiality import SECRECY
from graph_app.errors import PeyvandError
from graph_app.vocabulary import vocabulary
from loaders.reading import Row

Properties = Mapping[str, Any]
SET_ASIDE = "SET_ASIDE"
DEPRECATED = "deprecated"
ORIGINAL = "original_"  # begins the name under which a claim keeps a cell as it was written
_LOADING = frozenset({"run", "file", "row_line", SECRECY})


@dataclass(frozen=True)
class Evidence:
    """Where a fact is written: in the source (line, quote) and in the export (file, row_line); what is thought of it.

    ``originals`` has, by property, the cells that reading changed, as they were written. They do not make two claims
    different: the same export with other letters and digits is the same export. ``further`` is what the claim keeps
    besides. Where it is ``dated``, it was reported on the day ``reported_on``, whenever the source was published.
    """

    source: str
    source_line: int | None
    quote: str | None
    certainty: str
    note: str | None
    file: str | None
    row_line: int | None
    mapping: str
    rank: str | None = None
    rank_reason: str | None = None
    credibility: int | None = None
    basis: str | None = None
    originals: Mapping[str, str] = field(default_factory=dict, hash=False)
    further: Properties = field(default_factory=dict, hash=False)
    dated: bool = False
    reported_on: date | None = None

    def spelled(self, originals: Mapping[str, str]) -> "Evidence":
        """Return the evidence with ``originals``, which it has none of yet."""
        return replace(self, originals=originals) if originals else self

    def day(self, published: Mapping[str, date]) -> date | None:
        """Return the day on which it was reported, where sources were ``published`` on these days."""
        return self.reported_on if self.dated else published.get(self.source)

    @cached_property
    def properties(self) -> Properties:
        """The evidence as properties of a tie, without what is unknown or usual and without the source's id."""
        found = {
            "source_line": self.source_line,
            "quote": self.quote,
            "certainty": self.certainty,
            "note": self.note,
            "file": self.file,
            "row_line": self.row_line,
            "mapping": self.mapping,
            "rank": None if self.rank == "normal" else self.rank,
            "rank_reason": self.rank_reason,
            "credibility": self.credibility,
            "basis": self.basis,
            **{f"{ORIGINAL}{name}": cell for name, cell in self.originals.items()},
            **self.further,
        }
        return {name: item for name, item in found.items() if item is not None}


@dataclass(frozen=True)
class EntityClaim:
    """What one source, by one row, says of one entity; ``into`` is what the row says that it was merged into."""

    id: str
    labels: frozenset[str]
    properties: Properties = field(hash=False)
    evidence: Evidence
    into: str | None = None


@dataclass(frozen=True)
class TieClaim:
    """What one source, by one row, says of two entities."""

    id: str
    type: str
    start: str
    end: str
    properties: Properties = field(hash=False)
    evidence: Evidence


@dataclass(frozen=True)
class RowFacts:
    """All that one row claims. ``column_of`` tells which column named an entity, for the message if it is unknown.

    ``values`` are its cells by column. A ``companion`` did not change: it is there for what others say of the same.
    """

    file: str
    row: Row
    header: tuple[str, ...]
    entities: tuple[EntityClaim, ...]
    ties: tuple[TieClaim, ...]
    column_of: Mapping[str, str] = field(hash=False)
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    companion: bool = False

    @property
    def facts(self) -> tuple["EntityClaim | TieClaim", ...]:
        """The claims about entities, then those about ties."""
        return *self.entities, *self.ties

    def reject(self, column: str, reason: PeyvandError) -> "Reject":
        """Return this row as a reject, because of what stands in ``column``."""
        cells = dict(zip(self.header, self.row.cells, strict=False))
        return Reject(self.file, self.row, self.header, column, cells.get(column, ""), reason)


@dataclass(frozen=True)
class Reject:
    """A row that is not loaded: where it stands, the cell at fault and the reason."""

    file: str
    row: Row
    header: tuple[str, ...]
    column: str
    value: str
    reason: PeyvandError


@lru_cache(maxsize=1024)
def shared(labels: frozenset[str]) -> frozenset[str]:
    """Return ``labels`` as one object for all things that have the same."""
    return labels


def set_aside(properties: Properties) -> bool:
    """Return whether a claim is deprecated: then it is kept as a tie of the type ``SET_ASIDE``."""
    return properties.get("rank") == DEPRECATED


def unmarked(properties: Properties) -> Properties:
    """Return properties of the graph without the mark of what is confidential, which is derived."""
    return {name: item for name, item in properties.items() if name != SECRECY}


def told(properties: Properties) -> Properties:
    """Return what a tie says, without what tells of its loading: run, file, row, spelling of cells, and its mark.

    A row that moved, or a file that was renamed, says the same; the tie keeps the place from which it was written.
    """
    return {name: item for name, item in properties.items() if name not in _LOADING and not name.startswith(ORIGINAL)}


def evidence_order(properties: Properties) -> tuple[object, ...]:
    """Sort key of what several rows say of one claim of one source; the first of them is what the graph keeps.

    So it makes no difference which row comes first in a file, and in which file it stands.
    """
    said = tuple(str(properties.get(name, "")) for name in ("quote", "note", "certainty", "rank_reason", "basis"))
    return properties.get("source_line") or float("inf"), *said, properties.get("credibility", 0)


def tie_id(type_: str, start: str, end: str, discriminator: str, source: str) -> str:
    """Return the stable id of a tie: its type in lower case, as entities have their label, and a hash.

    The hash is 128 bits over what makes the tie one claim of one source, in hexadecimal. The type is what a tie is
    found by: an index belongs to one type.
    """
    text = f"{type_}\x1f{start}\x1f{end}\x1f{discriminator}\x1f{source}"
    return f"{type_.lower()}:{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"


def evidence_id(entity: str, source: str, mapping: str) -> str:
    """Return the id of the tie that says what one source says of one entity, by one mapping."""
    return tie_id("EVIDENCED_BY", entity, source, mapping, source)


def entity_id(label: str, key: str) -> str:
    """Return the stable id of an entity: its base label in lower case and its key."""
    return f"{_kind(label)}:{key}"


@cache
def _kind(label: str) -> str:
    return vocabulary().base(label).lower()
