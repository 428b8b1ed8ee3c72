"""What the shape of thousands of entities says: who is first under each measure, communities, bridges, parts."""

from dataclasses import dataclass, field

import numpy as np

from graph_app.analysis.between import WORK, betweenness
from graph_app.analysis.bridges import Bridge, bridges
from graph_app.analysis.communities import SEED, middles, shares
from graph_app.analysis.louvain import louvain
from graph_app.analysis.network import Network, Numbers, Whole
from graph_app.analysis.once import Once
from graph_app.analysis.pagerank import pagerank

MEASURES = ("degree", "betweenness", "pagerank")
LISTED = 10
_NINETEEN_OF_TWENTY = 1.96  # standard errors


@dataclass(frozen=True)
class Large:
    """What was measured of a network; entities are its numbers.

    Parameters
    ----------
    entities, pairs
        How many there are.
    scores
        The values of each of ``MEASURES``: with how many others each is tied; which share of the shortest paths between
        two others goes through it; how often a walk at random comes by.
    margin
        How far the share of shortest paths may be off, in nineteen of twenty cases; 0 where it is exact.
    sample
        From how many beginnings that was reckoned; 0 if from all.
    communities
        How many entities each community of at least two has and who has the most ties in it, the largest first.
    inside, by_chance
        The share of the ties within one community, and what it would be if ties led anywhere.
    bridges
        How many ties are bridges, and those that would cut off most.
    parts, largest
        Into how many parts it falls, and how many entities the largest has.

    """

    entities: int
    pairs: int
    scores: dict[str, Numbers] = field(hash=False)
    margin: Numbers = field(hash=False)
    sample: int
    communities: tuple[tuple[int, int], ...]
    inside: float
    by_chance: float
    bridges: tuple[int, tuple[Bridge, ...]]
    parts: int
    largest: int

    def first(self, measure: str) -> list[int]:
        """Return who is first under a measure: as many as are listed, without those of whom it says nothing."""
        score = self.scores[measure]
        return [int(at) for at in np.argsort(-score, kind="stable")[:LISTED] if score[at] > 0]


def reckoned(count: int, pairs: Whole, work: int = WORK) -> Large:
    """Return what is measured; ``work`` as for ``betweenness``."""
    network = Network.of(count, pairs)
    between = betweenness(network, work)
    joined = _joined(network)
    cut = bridges(network)
    parts = louvain(network, SEED)
    inside, by_chance = shares(network, parts)
    return Large(
        count,
        len(network.pairs),
        {
            "degree": network.degrees.astype(float),
            "betweenness": between.through / joined,
            "pagerank": pagerank(network),
        },
        _NINETEEN_OF_TWENTY * between.error / joined,
        between.sample,
        tuple((len(part), middle) for middle, part in middles(network, parts)),
        inside,
        by_chance,
        (len(cut), tuple(cut[:LISTED])),
        len(np.unique(network.parts)),
        int(network.sizes.max(initial=0)),
    )


def _joined(network: Network) -> Numbers:
    """Return between how many pairs of others of each there is a path; 1 where there is none."""
    sizes = np.bincount(network.parts).astype(float)
    return np.asarray(np.maximum((sizes * (sizes - 1)).sum() / 2 - (network.sizes - 1), 1))


measured = Once(reckoned)
