"""The rows that cannot stand: those that speak of what nobody defines, and those that contradict earlier ones."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from loaders.facts import Reject, RowFacts
from loaders.gathering import Gathered, refused, take
from loaders.staging.compiling import again, mentioned
from loaders.staging.spill import NAMES, spilled
from loaders.staging.task import Task


@dataclass
class Rejected:
    """The orders of the rows that do not stand, and the rejects, in the order in which they were found."""

    orders: set[int] = field(default_factory=set)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, number: int, reject: Reject) -> None:
        """Take one more."""
        self.orders.add(number)
        self.rejects.append(reject)


@dataclass(frozen=True)
class Asked:
    """A share of the parts in which is looked for what nobody defines, without the rows that do not stand."""

    task: Task
    share: int
    without: frozenset[int]


def undefined(asked: Asked) -> dict[str, list[int]]:
    """Return what no row defines, with the rows that speak of it."""
    found: dict[str, list[int]] = {}
    for part in asked.task.parts_of(asked.share):
        names = [
            (number, name, defines)
            for number, name, defines in spilled(asked.task.folder, NAMES, part, asked.task.shares, plain=True)
            if number not in asked.without
        ]
        defined = {name for _, name, defines in names if defines}
        for number, name, _ in names:
            if name not in defined:
                found.setdefault(name, []).append(number)
    return found


def reject_dangling(task: Task, missing: Collection[str], orders: Iterable[int], rejected: Rejected) -> None:
    """Reject the rows with these orders, which speak of what is ``missing``."""
    for number, row in again(task, orders):
        name = next(name for name in _in_order(row) if name in missing)
        rejected.add(number, refused(row, name))


def reject_contradicting(task: Task, suspects: Collection[int], rejected: Rejected) -> None:
    """Take the ``suspects`` in their order, and reject those that contradict one before them."""
    gathered = Gathered()
    for number, row in again(task, suspects):
        before = len(gathered.rejects)
        take(row, gathered)
        if len(gathered.rejects) > before:
            rejected.add(number, gathered.rejects[-1])


def _in_order(row: RowFacts) -> Iterable[str]:
    for tie in row.ties:
        yield from (tie.start, tie.end)
    yield from sorted(mentioned(row))
