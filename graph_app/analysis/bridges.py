"""Ties without which a network falls apart, and what each would cut off."""

from typing import NamedTuple

from graph_app.analysis.network import Network


class Bridge(NamedTuple):
    """A tie that alone holds two sides together; ``smaller`` is how many entities stand on the smaller side."""

    low: int
    high: int
    smaller: int


def bridges(network: Network) -> list[Bridge]:
    """Return the bridges, those first that would cut off most.

    References
    ----------
    R. E. Tarjan, "A Note on Finding the Bridges of a Graph", Information Processing Letters 2(6), 1974, pp. 160-161.

    """
    order, parent = _walked(network)
    number = {at: place for place, at in enumerate(order)}
    lowest, below = list(range(len(order))), [1] * len(order)  # by place in the order
    sizes, found = network.sizes.tolist(), list[Bridge]()
    for place in range(len(order) - 1, -1, -1):
        at, up = order[place], parent[place]
        for other in network.others[at]:
            if other != up:
                lowest[place] = min(lowest[place], lowest[number[other]], number[other])
        if up < 0:
            continue
        below[number[up]] += below[place]
        if lowest[place] == place:
            found.append(Bridge(min(at, up), max(at, up), min(below[place], sizes[at] - below[place])))
    return sorted(found, key=lambda one: (-one.smaller, one.low, one.high))


def _walked(network: Network) -> tuple[list[int], list[int]]:
    """Return the entities as one meets them who goes on as deep as it goes, and from where each was met; -1: begun."""
    met, order, parent = bytearray(network.count), list[int](), list[int]()
    for begin in range(network.count):
        waiting = [(begin, -1)]
        while waiting:
            at, up = waiting.pop()
            if met[at]:
                continue
            met[at] = 1
            order.append(at)
            parent.append(up)
            waiting.extend((other, at) for other in reversed(network.others[at]) if not met[other])
    return order, parent
