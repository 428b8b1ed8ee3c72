"""Entities by number and the pairs of them that are tied, in arrays: what is measured where names do not matter."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Network:
    """Entities 0 to ``count`` - 1, and ``pairs`` of them, each once, the smaller number first; shape (pairs, 2)."""

    count: int
    pairs: Whole

    @classmethod
    def of(cls, count: int, ties: Whole) -> "Network":
        """Return the network of ``ties``: direction and repetition do not count, nor do ties of one to itself."""
        ends = np.sort(np.asarray(ties, dtype=np.intp).reshape(-1, 2), axis=1)
        return cls(count, np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0))

    @cached_property
    def degrees(self) -> Whole:
        """With how many others each is tied."""
        return np.bincount(self.pairs.ravel(), minlength=self.count)

    @cached_property
    def starts(self) -> Whole:
        """Where in ``ends`` the others of each begin."""
        return np.asarray(np.cumsum(self.degrees) - self.degrees)

    @cached_property
    def ends(self) -> Whole:
        """The others of each, in order, those of one entity after those of the one before."""
        both = np.concatenate([self.pairs, self.pairs[:, ::-1]])
        return np.asarray(both[np.lexsort((both[:, 1], both[:, 0])), 1])

    @cached_property
    def others(self) -> list[list[int]]:
        """The others of each, as lists: what walks from one to the next in Python is quicker on them."""
        ends, starts = self.ends.tolist(), [*self.starts.tolist(), len(self.ends)]
        return [ends[starts[at] : starts[at + 1]] for at in range(self.count)]

    @cached_property
    def parts(self) -> Whole:
        """The number of the part that each belongs to; no tie joins two parts."""
        part = np.arange(self.count)
        low, high = self.pairs.T
        while (differ := part[low] != part[high]).any():
            low, high = low[differ], high[differ]
            np.minimum.at(part, np.maximum(part[low], part[high]), np.minimum(part[low], part[high]))
            while (up := part[part] != part).any():
                part[up] = part[part[up]]
        return np.unique(part, return_inverse=True)[1]

    @cached_property
    def sizes(self) -> Whole:
        """How many entities the part of each has."""
        return np.bincount(self.parts)[self.parts] if self.count else self.parts

    def within(self, kept: NDArray[np.bool_]) -> "Network":
        """Return the network of those that are ``kept``, numbered anew in their order."""
        number = np.cumsum(kept) - 1
        return Network(int(kept.sum()), number[self.pairs[kept[self.pairs].all(axis=1)]])
