"""How many shortest paths go through each entity of a network, exactly, or from a sample with its error.

Trees that hang on the rest are taken off first: whatever path leads in or out of them is known without a search. Most
entities of lists of links have one partner, so that little is left to search; what is left knows how many entities each
stands for. From there it is the way of Brandes (2001), of many beginnings at once. If all beginnings would be too much
work, some are drawn by lot, as often as they stand for entities (Brandes and Pich, 2007), and each value has an error.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from graph_app.analysis.network import Network, Numbers, Whole

WORK = 60_000_000  # ties that are walked in all searches together
_AT_ONCE = 400_000  # ties that are walked side by side
_LEAST = 100  # beginnings of a sample
_SEED = 20251205


@dataclass(frozen=True)
class Between:
    """Pairs of others between which shortest paths go through each, in part where there are several.

    Parameters
    ----------
    through
        How many pairs, by entity.
    error
        The standard error of each; 0 if all is exact.
    sample
        From how many beginnings it was reckoned; 0 if from all.

    """

    through: Numbers = field(hash=False)
    error: Numbers = field(hash=False)
    sample: int = 0


def betweenness(network: Network, work: int = WORK, seed: int = _SEED) -> Between:
    """Return how many shortest paths go through each of ``network``.

    Parameters
    ----------
    network
        What is measured.
    work
        How many ties may be walked; where more were needed, a sample is drawn.
    seed
        Of the lot that draws it.

    References
    ----------
    U. Brandes, "A Faster Algorithm for Betweenness Centrality", J. Math. Sociology 25(2), 2001, pp. 163-177.
    U. Brandes and C. Pich, "Centrality Estimation in Large Networks", Int. J. Bifurcation and Chaos 17(7), 2007.
    A. E. Sarıyüce et al., "Shattering and Compressing Networks for Betweenness Centrality", SDM 2013.

    """
    folded = _fold(network)
    through, error = folded.through, np.zeros(network.count)
    core = network.within(folded.kept)
    weights = folded.weights[folded.kept]
    exact = max(1, len(core.ends)) * core.count <= work
    searched, error[folded.kept], sample = (_all(core, weights), 0.0, 0) if exact else _some(core, weights, work, seed)
    through[folded.kept] += searched
    return Between(through, error, sample)


class _Folded(NamedTuple):
    """Which entities are left, how many each stands for, and the pairs whose paths are known already."""

    kept: np.ndarray[tuple[int], np.dtype[np.bool_]]
    weights: Numbers
    through: Numbers


def _fold(network: Network) -> _Folded:
    """Take off who has one tie only, again and again, onto the one that it is tied to."""
    others, left = network.others, network.degrees.tolist()
    weights, squares = [1] * network.count, [0] * network.count  # squares: of what each branch taken off stands for
    kept = np.ones(network.count, dtype=bool)
    waiting = [at for at, degree in enumerate(left) if degree == 1]
    while waiting:
        leaf = waiting.pop()
        if left[leaf] != 1:  # the last of a tree: who was tied to it is taken off already
            continue
        kept[leaf] = False
        stem = next(at for at in others[leaf] if kept[at])
        weights[stem] += weights[leaf]
        squares[stem] += weights[leaf] ** 2
        left[stem] -= 1
        if left[stem] == 1:
            waiting.append(stem)
    stand, branches = np.array(weights, dtype=float), np.array(squares, dtype=float)
    below, beyond = stand - 1, network.sizes - stand
    return _Folded(kept, stand, (below**2 - branches) / 2 + below * beyond)


def _all(core: Network, weights: Numbers) -> Numbers:
    """Return the pairs through each, from all beginnings."""
    found = np.zeros(core.count)
    for begins, depends in _searched(core, weights, np.arange(core.count)):
        found += weights[begins] @ depends
    return found / 2


def _some(core: Network, weights: Numbers, work: int, seed: int) -> tuple[Numbers, Numbers, int]:
    """Return the same from a sample, with the standard error of each and how many beginnings were drawn."""
    count = max(_LEAST, work // max(1, len(core.ends)))
    whole = weights.sum()
    drawn = np.random.default_rng(seed).choice(core.count, count, p=weights / whole)
    total, squares = np.zeros(core.count), np.zeros(core.count)
    for _, depends in _searched(core, weights, drawn):
        total += depends.sum(axis=0)
        squares += (depends**2).sum(axis=0)
    mean = total / count
    spread = np.sqrt(np.maximum(squares / count - mean**2, 0) / (count - 1))
    return whole * mean / 2, whole * spread / 2, count


def _searched(core: Network, weights: Numbers, begins: Whole) -> Iterator[tuple[Whole, Numbers]]:
    """Yield some of ``begins`` at a time, and what of the weights is reached from each of them through each entity."""
    together = max(1, _AT_ONCE // max(1, len(core.ends)))
    for first in range(0, len(begins), together):
        part = begins[first : first + together]
        yield part, _depends(core, weights, part)


class _Step(NamedTuple):
    """One step outward: from ``near`` (those of the places ``begin``) to ``far`` (those of the places ``end``)."""

    near: Whole
    begin: Whole
    far: Whole
    end: Whole


def _depends(core: Network, weights: Numbers, begins: Whole) -> Numbers:
    """Return, for each of ``begins`` a row, the weight of what is reached through each entity, in parts."""
    steps, counts = _outward(core, begins)
    depends = np.zeros(len(counts))
    for step in reversed(steps):
        share = (weights[step.far % core.count] + depends[step.far]) / counts[step.far]
        depends[step.near] = counts[step.near] * np.bincount(step.begin, share[step.end], len(step.near))
    rows = depends.reshape(len(begins), core.count)
    rows[np.arange(len(begins)), begins] = 0
    return rows


def _outward(core: Network, begins: Whole) -> tuple[list[_Step], Numbers]:
    """Go outward from each of ``begins``, each in a copy of the network; return the steps, and the paths to each."""
    seen = np.zeros(len(begins) * core.count, dtype=bool)
    counts, place = np.zeros(len(seen)), np.zeros(len(seen), dtype=np.intp)
    near, steps = np.arange(len(begins)) * core.count + begins, list[_Step]()
    seen[near], counts[near] = True, 1.0
    while True:
        begin, reached = _neighbours(core, near)
        new = ~seen[reached]
        begin, reached = begin[new], reached[new]
        if not len(reached):
            return steps, counts
        place[reached] = np.arange(len(reached))  # of those that are reached several times the last stands
        far = reached[place[reached] == np.arange(len(reached))]
        place[far] = np.arange(len(far))
        step = _Step(near, begin, far, place[reached])
        seen[far], counts[far] = True, np.bincount(step.end, counts[near][begin], len(far))
        steps.append(step)
        near = far


def _neighbours(core: Network, near: Whole) -> tuple[Whole, Whole]:
    """Return all ties that lead on from ``near``: the place of the beginning in it, and the end in its own copy."""
    at = near % core.count
    degrees = core.degrees[at]
    begin = np.repeat(np.arange(len(near)), degrees)
    first = core.starts[at] - (np.cumsum(degrees) - degrees)
    return begin, core.ends[np.arange(len(begin)) + first[begin]] + (near - at)[begin]
