"""Measures that fit into a sentence: ties, shortest paths through, steps to the others; and how steady ranks are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
MEASURES = ("degree", "betweenness", "closeness")
LARGEST = 1000  # entities beyond which nothing is measured: the tables of all pairs would not fit
_SEED = 20251205
_LEFT_OUT = 0.1  # share of the ties that each round does without
_WORK = 200_000_000  # numbers that are touched in all rounds together


@dataclass(frozen=True)
class Standing:
    """How the entities of a picture stand; arrays are in the order of ``names``.

    Parameters
    ----------
    names
        Ids, sorted.
    degree
        With how many others each is tied.
    betweenness
        The share, 0 to 1, of the shortest paths between two others that go through it; of several paths of the same
        length each counts in part.
    steps
        The mean length of the shortest paths to those that it reaches; 0 if it reaches nobody.
    reached
        How many others it reaches.

    """

    names: tuple[str, ...]
    degree: Numbers
    betweenness: Numbers
    steps: Numbers
    reached: Numbers

    @property
    def closeness(self) -> Numbers:
        """Share of the others that it reaches, divided by the steps to them: 1 if it is tied to all."""
        share = self.reached / max(len(self.names) - 1, 1)
        return np.divide(share, self.steps, out=np.zeros_like(share), where=self.steps > 0)

    def score(self, measure: str) -> Numbers:
        """Return the values of one of ``MEASURES``, of which more is more."""
        return np.asarray(getattr(self, measure))

    def ranks(self, measure: str) -> NDArray[np.int_]:
        """Return the rank of each: 1 for the first; equals have the same."""
        score = np.round(self.score(measure), 9)
        return np.asarray(1 + (score[None, :] > score[:, None]).sum(axis=1))


@dataclass(frozen=True)
class Steadiness:
    """How ranks change if one tie in ten is left out at random, again and again.

    ``first`` has the share of the rounds in which each is first, ``low`` and ``high`` the ranks between which each is
    in nine of ten rounds. All are by measure, in the order of the names.
    """

    rounds: int
    first: Mapping[str, Numbers] = field(hash=False)
    low: Mapping[str, NDArray[np.int_]] = field(hash=False)
    high: Mapping[str, NDArray[np.int_]] = field(hash=False)


def pairs_of(pairs: Iterable[tuple[str, str]], names: Iterable[str]) -> list[tuple[str, str]]:
    """Return each pair of tied entities once, sorted; direction and repetition do not count."""
    known = set(names)
    return sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1] and set(pair) <= known})


def standing(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Standing:
    """Return how the entities ``names`` stand, each pair of tied ones being one step apart.

    References
    ----------
    U. Brandes, "A Faster Algorithm for Betweenness Centrality", J. Math. Sociology 25(2), 2001, pp. 163-177; here from
    all sources at once.

    """
    ordered = tuple(sorted(set(names)))
    return _standing(ordered, _ties(ordered, pairs_of(pairs, ordered)))


def steadiness(names: Iterable[str], pairs: Iterable[tuple[str, str]], most: int = 100) -> Steadiness:
    """Return how steady the ranks are, from at most ``most`` rounds; larger pictures get fewer, at least ten."""
    ordered = tuple(sorted(set(names)))
    ties = pairs_of(pairs, ordered)
    rounds = int(np.clip(_WORK // max(_cost(ordered, ties), 1), 10, most))
    random = np.random.default_rng(_SEED)
    ranks: dict[str, list[NDArray[np.int_]]] = {measure: [] for measure in MEASURES}
    for _ in range(rounds):
        left = [tie for tie, drawn in zip(ties, random.random(len(ties)), strict=True) if drawn >= _LEFT_OUT]
        found = _standing(ordered, _ties(ordered, left))
        for measure, rows in ranks.items():
            rows.append(found.ranks(measure))
    tables = {measure: np.array(rows) for measure, rows in ranks.items()}
    return Steadiness(
        rounds,
        {measure: (table == 1).mean(axis=0) for measure, table in tables.items()},
        {measure: np.percentile(table, 5, axis=0).astype(int) for measure, table in tables.items()},
        {measure: np.ceil(np.percentile(table, 95, axis=0)).astype(int) for measure, table in tables.items()},
    )


def deciding(
    names: Iterable[str], pairs: Iterable[tuple[str, str]], measure: str, work: int = _WORK
) -> list[tuple[str, str]] | None:
    """Return the ties without any one of which another would be first; None if trying all is too much ``work``."""
    ordered = tuple(sorted(set(names)))
    ties = pairs_of(pairs, ordered)
    if len(ties) * _cost(ordered, ties) > work:
        return None
    first = _firsts(_standing(ordered, _ties(ordered, ties)), measure)
    tried = ((tie, _standing(ordered, _ties(ordered, [one for one in ties if one != tie]))) for tie in ties)
    return [tie for tie, found in tried if not first & _firsts(found, measure)]


def _cost(names: Sequence[str], ties: Sequence[tuple[str, str]]) -> int:
    """Return about how many numbers are touched in measuring once."""
    return 20 * len(names) * (len(names) + len(ties))


def _firsts(found: Standing, measure: str) -> set[int]:
    return set(np.flatnonzero(found.ranks(measure) == 1).tolist())


class _Ties(NamedTuple):
    """Who is tied to whom: ``ends`` of all ties, those of one entity after the other, from ``starts`` on.

    ``tied`` are the entities that have any. Sums over these are faster than products of matrices that are mostly zero.
    """

    tied: NDArray[np.int_]
    starts: NDArray[np.int_]
    ends: NDArray[np.int_]

    def over(self, values: Numbers) -> Numbers:
        """Return, for each entity, the sum of the rows of ``values`` of those that it is tied to."""
        sums = np.zeros_like(values)
        if len(self.tied):
            sums[self.tied] = np.add.reduceat(values[self.ends], self.starts, axis=0)
        return sums


def _ties(names: Sequence[str], pairs: Iterable[tuple[str, str]]) -> _Ties:
    at = {name: index for index, name in enumerate(names)}
    both = sorted((at[one], at[other]) for pair in pairs for one, other in (pair, pair[::-1]))
    table = np.array(both, dtype=int).reshape(-1, 2)
    tied, starts = np.unique(table[:, 0], return_index=True)
    return _Ties(tied, starts, table[:, 1])


def _standing(names: tuple[str, ...], ties: _Ties) -> Standing:
    """Measure; in all tables a row is an entity, a column the one from which paths start."""
    distances, counts = _shortest(len(names), ties)
    reached = (distances > 0).sum(axis=0).astype(float)
    total = np.where(distances > 0, distances, 0).sum(axis=0)
    steps = np.divide(total, reached, out=np.zeros_like(reached), where=reached > 0)
    joined = reached.sum() / 2 - reached  # pairs of others between which there is a path
    through = _through(ties, distances, counts)
    share = np.divide(through, joined, out=np.zeros_like(through), where=joined > 0)
    degree = np.bincount(ties.ends, minlength=len(names)).astype(float)
    return Standing(names, degree, share, steps, reached)


def _shortest(count: int, ties: _Ties) -> tuple[NDArray[np.int_], Numbers]:
    """Return the length and the number of the shortest paths between all; -1 and 0 where there is none."""
    counts = np.eye(count)
    distances = np.where(counts > 0, 0, -1)
    front, length = counts, 0
    while front.any():
        length += 1
        front = np.where(distances < 0, ties.over(front), 0.0)
        distances[front > 0] = length
        counts = counts + front
    return distances, counts


def _through(ties: _Ties, distances: NDArray[np.int_], counts: Numbers) -> Numbers:
    """Return, for each entity, the pairs of others between which shortest paths go through it, in parts."""
    depends = np.zeros_like(counts)
    for length in range(int(distances.max(initial=0)), 0, -1):
        ends = np.divide(1 + depends, counts, out=np.zeros_like(counts), where=distances == length)
        depends += np.where(distances == length - 1, counts * ties.over(ends), 0.0)
    return np.asarray((depends.sum(axis=1) - depends.diagonal()) / 2)
