"""Pairs of measurements, their spread, and whether a goal is met."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Spread:
    """Least, first quartile, median, third quartile and most of some numbers."""

    least: float
    lower: float
    median: float
    upper: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Return the spread of ``values``, of which there is at least one."""
        if len(values) == 1:
            return cls(*[values[0]] * 5)
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
        return cls(min(values), lower, median, upper, max(values))


@dataclass(frozen=True)
class Goal:
    """What a row is to reach.

    Parameters
    ----------
    of
        ``ratio``: the median of ours/peer, pair by pair; ``p95``: our 95th percentile over the peer's;
        ``seconds`` and ``mebibytes``: our median.
    most
        The largest value that is good.

    """

    of: Literal["ratio", "p95", "seconds", "mebibytes"]
    most: float


@dataclass(frozen=True)
class Row:
    """One line of the table: durations of both sides in seconds, or their memory in MiB, pair by pair.

    Parameters
    ----------
    name, ours_is, peer_is
        What is measured, and what the two sides are.
    size
        On how much.
    ours, peer
        Durations or memory; the same place in both is one pair.
    unit
        What they are measured in.

    """

    name: str
    ours_is: str
    peer_is: str
    size: str
    ours: tuple[float, ...]
    peer: tuple[float, ...]
    goals: tuple[Goal, ...] = ()
    unit: Literal["s", "MiB"] = "s"

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours over the peer's, pair by pair."""
        return tuple(ours / peer for ours, peer in zip(self.ours, self.peer, strict=True))

    def value(self, goal: Goal) -> float:
        """Return what was reached of ``goal``."""
        match goal.of:
            case "ratio":
                return statistics.median(self.ratios)
            case "p95":
                return percentile(self.ours, 95) / percentile(self.peer, 95)
            case "seconds" | "mebibytes":
                return statistics.median(self.ours)

    def met(self, goal: Goal) -> bool:
        """Return whether ``goal`` is reached."""
        return self.value(goal) <= goal.most


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest of ``values`` that at least ``percent`` of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def paired(
    ours: Callable[[], float], peer: Callable[[], float], rounds: int, *, warm: bool = True
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Measure both sides in turns; who begins changes from pair to pair.

    Parameters
    ----------
    ours, peer
        Do the work once and return how long it took, in seconds.
    rounds
        How many pairs.
    warm
        Whether one of each goes before, which does not count.

    """
    if warm:
        ours()
        peer()
    both: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            both[side].append((ours, peer)[side]())
    return tuple(both[0]), tuple(both[1])
