"""Entities that are tied to each other more than to the rest, and how far one can rely on that."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from graph_app.analysis.louvain import louvain
from graph_app.analysis.measures import pairs_of
from graph_app.analysis.network import Network

SEED = 20251205
_OTHERS = 10  # runs in another order, to compare with


@dataclass(frozen=True)
class Community:
    """Entities that belong together; ``middle`` has the most ties among them, and names them."""

    middle: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Division:
    """How much a division into communities says.

    Parameters
    ----------
    inside
        The share of the ties that join two of one community.
    by_chance
        The share that would, if each entity kept the number of its ties and they led anywhere.
    steady
        Of the pairs of one community, the share that stays together in other runs.

    """

    inside: float
    by_chance: float
    steady: float


def communities(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[Community]:
    """Return the communities of at least two, the largest first."""
    ordered, network = _network(names, pairs)
    found = middles(network, louvain(network, SEED))
    return [Community(ordered[middle], tuple(ordered[at] for at in part)) for middle, part in found]


def division(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Division | None:
    """Return how much the division into communities says; None if nothing is tied."""
    _, network = _network(names, pairs)
    if not len(network.pairs):
        return None
    parts = louvain(network, SEED)
    inside, chance = shares(network, parts)
    return Division(inside, chance, _steady(network, parts))


def middles(network: Network, parts: Iterable[list[int]]) -> list[tuple[int, list[int]]]:
    """Return those of ``parts`` that have two or more, the largest first, each with who has the most ties in it."""
    several = [part for part in parts if len(part) > 1]
    home = {at: number for number, part in enumerate(several) for at in part}
    ends = (pair for pair in network.pairs.tolist() if home.get(pair[0], -1) == home.get(pair[1], -2))
    within = Counter(chain.from_iterable(ends))
    found = [(min(part, key=lambda at: (-within[at], at)), part) for part in several]
    return sorted(found, key=lambda one: (-len(one[1]), one[0]))


def shares(network: Network, parts: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Return the share of the ties within one of ``parts``, as it is and as it would be by chance."""
    home = np.array(_home(parts), dtype=np.intp)
    ties = max(len(network.pairs), 1)
    inside = int((home[network.pairs[:, 0]] == home[network.pairs[:, 1]]).sum())
    ends = np.bincount(home, network.degrees) / (2 * ties)
    return inside / ties, float((ends**2).sum())


def _steady(network: Network, parts: list[list[int]]) -> float:
    together = [pair for part in parts for pair in combinations(part, 2)]
    kept = 0
    for seed in range(_OTHERS):
        home = _home(louvain(network, seed))
        kept += sum(home[one] == home[other] for one, other in together)
    return kept / (_OTHERS * len(together)) if together else 1.0


def _home(parts: Sequence[Sequence[int]]) -> list[int]:
    """Return the number of the part of each."""
    home = [0] * sum(map(len, parts))
    for number, part in enumerate(parts):
        for at in part:
            home[at] = number
    return home


def _network(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> tuple[list[str], Network]:
    ordered = sorted(set(names))
    number = {name: at for at, name in enumerate(ordered)}
    ties = [(number[one], number[other]) for one, other in pairs_of(pairs, number)]
    return ordered, Network.of(len(ordered), np.array(ties, dtype=np.intp))
