"""What a load would change, counted and readable, before anything changes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from graph_app.keys import KEYS
from graph_app.vocabulary import vocabulary
from loaders.facts import Reject
from loaders.reading import Reading

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
    """

    read: int
    created: int
    updated: int
    reformatted: int
    unchanged: int
    duplicate: int
    rejected: int
    ignored: int

    @property
    def adds_up(self) -> bool:
        """Whether no row was lost and none was counted twice."""
        known = (self.created, self.updated, self.reformatted, self.unchanged)
        return self.read == sum(known) + self.duplicate + self.rejected + self.ignored


@dataclass(frozen=True)
class Plan:
    """All changes of one load, in the order in which they are written: entities first, then ties."""

    mapping: str
    files: tuple[str, ...]
    entities: tuple[EntityChange, ...]
    ties: tuple[TieChange, ...]
    rejects: tuple[Reject, ...]
    balance: Balance
    readings: tuple[Reading, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.entities or self.ties)

    def steps(self) -> list[Change]:
        """Return all changes, entities first."""
        return [*self.entities, *self.ties]

    def counts(self) -> list[tuple[str, int, int, int]]:
        """Return (label or type, to create, to update, to remove), labels first, in the order of the vocabulary."""
        made, changed, removed = Counter[str](), Counter[str](), Counter[str]()
        for change in self.steps():
            (made if change.before is None else changed if change.after else removed)[_class(change)] += 1
        names = [*vocabulary().labels, *vocabulary().types]
        rows = ((name, made[name], changed[name], removed[name]) for name in names)
        return [row for row in rows if any(row[1:])]


def differences(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Yield (property, before, after) for what ``change`` changes; search keys follow from names and are left out."""
    before: Mapping[str, Any] = change.before or {}
    for name in sorted({*before, *change.after} - {*KEYS, "run"}):
        if before.get(name) != change.after.get(name):
            yield name, before.get(name), change.after.get(name)


def _class(change: Change) -> str:
    if isinstance(change, TieChange):
        return change.type
    shown: Sequence[str] = sorted(change.labels or change.had)
    return vocabulary().shown(tuple(shown))
