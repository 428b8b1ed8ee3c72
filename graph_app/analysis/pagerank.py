"""How often who follows ties at random, and now and then begins anew anywhere, comes by each entity."""

import numpy as np

from graph_app.analysis.network import Network, Numbers

_ON = 0.85  # how often one follows a tie, not beginning anew
_ENOUGH = 1e-10  # what may still change, of all shares together
_ROUNDS = 1000


def pagerank(network: Network) -> Numbers:
    """Return the share of each, 1 together: ties lead both ways, who has none is left for anybody.

    References
    ----------
    L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank Citation Ranking", Stanford 1999.

    """
    if not network.count:
        return np.zeros(0)
    begins = np.repeat(np.arange(network.count), network.degrees)
    alone = network.degrees == 0
    shares = np.full(network.count, 1 / network.count)
    for _ in range(_ROUNDS):  # each leaves 0.85 of what is wrong at most
        each = shares / np.maximum(network.degrees, 1)
        come = np.bincount(network.ends, each[begins], network.count) + shares[alone].sum() / network.count
        new = _ON * come + (1 - _ON) / network.count
        changed = np.abs(new - shares).sum()
        shares = new
        if changed < _ENOUGH:
            break
    return shares
