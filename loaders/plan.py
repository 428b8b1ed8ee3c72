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
    """One entity to make (``before`` is None) or to change, with the labels that it gets and loses."""

    id: str
    labels: frozenset[str]
    lost: frozenset[str]
    before: Mapping[str, Any] | None = field(hash=False)
    after: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True)
class TieChange:
    """One tie to make (``before`` is None) or to change."""

    id: str
    type: str
    start: str
    end: str
    before: Mapping[str, Any] | None = field(hash=False)
    after: Mapping[str, Any] = field(hash=False)


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

    def counts(self) -> list[tuple[str, int, int]]:
        """Return (label or type, to create, to update), labels first, in the order of the vocabulary."""
        made, changed = Counter[str](), Counter[str]()
        for change in self.steps():
            (made if change.before is None else changed)[_class(change)] += 1
        names = [*vocabulary().labels, *vocabulary().types]
        return [(name, made[name], changed[name]) for name in names if made[name] or changed[name]]


def differences(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Yield (property, before, after) for what ``change`` changes; search keys follow from names and are left out."""
    before: Mapping[str, Any] = change.before or {}
    for name in sorted({*before, *change.after} - {*KEYS, "run"}):
        if before.get(name) != change.after.get(name):
            yield name, before.get(name), change.after.get(name)


def _class(change: Change) -> str:
    if isinstance(change, TieChange):
        return change.type
    shown: Sequence[str] = sorted(change.labels)
    return vocabulary().shown(tuple(shown))
