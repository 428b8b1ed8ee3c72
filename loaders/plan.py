"""What a load would change, counted and readable, before anything changes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from graph_app.confidentiality import SECRECY, said_of
from graph_app.keys import KEYS
from graph_app.vocabulary import vocabulary
from loaders.facts import Reject
from loaders.reading import Reading
from loaders.rows import RowWork

Outcome = Literal["created", "updated", "reformatted", "unchanged"]


@dataclass(frozen=True)
class EntityChange:
    """One entity to make (``before`` is None), to change or to remove (``after`` is empty), and the labels it had."""

    id: str
    labels: frozenset[str]
    had: frozenset[str]
    before: Mapping[str, Any] | None = field(hash=False)
    after: Mapping[str, Any] = field(hash=False)

    @property
    def lost(self) -> frozenset[str]:
        """The labels that it loses."""
        return self.had - self.labels


@dataclass(frozen=True)
class TieChange:
    """One tie to make (``before`` is None), to change or to remove (``after`` is empty).

    ``had`` has the ends that it had, if they become others.
    """

    id: str
    type: str
    start: str
    end: str
    before: Mapping[str, Any] | None = field(hash=False)
    after: Mapping[str, Any] = field(hash=False)
    had: tuple[str, str] | None = None


Change = EntityChange | TieChange


@dataclass(frozen=True)
class Balance:
    """What became of the rows that were read. Every row is in exactly one of the other counts.

    A row is ``reformatted`` if it says what the graph holds in other letters or digits; nothing is written for it.
    The rows that were ``known`` before were ``met`` again, ``replaced`` by what they say now, are ``absent``, or are
    missing and ``kept``.
    """

    read: int
    created: int
    updated: int
    reformatted: int
    unchanged: int
    duplicate: int
    rejected: int
    ignored: int
    known: int = 0
    met: int = 0
    replaced: int = 0
    absent: int = 0
    kept: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether no row was lost and none was counted twice."""
        taken = (self.created, self.updated, self.reformatted, self.unchanged)
        read = sum(taken) + self.duplicate + self.rejected + self.ignored
        return self.read == read and self.known == self.met + self.replaced + self.absent + self.kept


@dataclass(frozen=True)
class TableCount:
    """The rows of one table: those that were read, of them rejected and updated; those known before, as in a balance.

    ``unsure`` says that missing rows are kept because nobody can tell which ones the rejected rows are.
    """

    table: str
    read: int
    rejected: int
    updated: int
    known: int
    replaced: int
    absent: int
    kept: int
    unsure: bool


@dataclass(frozen=True)
class Block:
    """A guard that stops a plan: which one, the table, the number that it counted, of how many, and what it allows."""

    guard: str
    table: str
    number: int
    of: int
    limit: float


@dataclass(frozen=True)
class Plan:
    """All changes of one load, in the order in which they are written: entities first, then ties.

    ``tables`` counts the rows of each table, ``blocks`` are the guards that stop the plan, ``held`` the entities of
    which nobody speaks any more and to which ties still lead, ``rows`` what the ledger is to keep of the rows, if it
    was asked what it knows of them.
    """

    mapping: str
    files: tuple[str, ...]
    entities: Sequence[EntityChange]
    ties: Sequence[TieChange]
    rejects: tuple[Reject, ...]
    balance: Balance
    readings: tuple[Reading, ...] = ()
    tables: tuple[TableCount, ...] = ()
    blocks: tuple[Block, ...] = ()
    held: tuple[str, ...] = ()
    rows: RowWork | None = None

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.entities or self.ties)

    @property
    def public(self) -> bool:
        """Whether nothing that it brings says that it is not for everybody."""
        return not any(said_of(change.after) for kind in (self.entities, self.ties) for change in kind)

    def steps(self) -> list[Change]:
        """Return all changes, entities first."""
        return [*self.entities, *self.ties]

    def counts(self) -> list[tuple[str, int, int, int]]:
        """Return (label or type, to create, to update, to remove), labels first, in the order of the vocabulary."""
        made, changed, removed = Counter[str](), Counter[str](), Counter[str]()
        for change in self.steps():
            (made if change.before is None else changed if change.after else removed)[class_of(change)] += 1
        return self.counted(made, changed, removed)

    @staticmethod
    def counted(
        made: Mapping[str, int], changed: Mapping[str, int], removed: Mapping[str, int]
    ) -> list[tuple[str, int, int, int]]:
        """Return these numbers as ``counts`` does."""
        names = [*vocabulary().labels, *vocabulary().types]
        rows = ((name, made.get(name, 0), changed.get(name, 0), removed.get(name, 0)) for name in names)
        return [row for row in rows if any(row[1:])]


def differences(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Yield (property, before, after) for what ``change`` changes; search keys follow from names and are left out."""
    before: Mapping[str, Any] = change.before or {}
    for name in sorted({*before, *change.after} - {*KEYS, SECRECY, "run"}):
        if before.get(name) != change.after.get(name):
            yield name, before.get(name), change.after.get(name)


def class_of(change: Change) -> str:
    """Return under which label or type ``change`` is counted."""
    if isinstance(change, TieChange):
        return change.type
    shown: Sequence[str] = sorted(change.labels or change.had)
    return vocabulary().shown(tuple(shown))
