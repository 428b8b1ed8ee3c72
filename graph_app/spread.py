"""Where tens of thousands of entities stand: springs on coarser and coarser summaries of the graph, in numpy alone.

Stars are gathered to one entity each, again and again, until few are left. Those few are spread by springs; then each
gathering is opened where it stands, and springs even it out. What pushes apart is not each pair but the density on a
grid, folded with the push by a Fourier transform, so that a round takes time in proportion to what is drawn. Parts
that no tie joins are laid out on their own and set side by side, the largest first. Nothing is left to chance: the
same entities and ties stand in the same places, always.

Spring forces are those of Fruchterman and Reingold (1991), opening gatherings step by step is Walshaw's way (2003).
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

APART = 40.0  # pixels between neighbours, on average
_ASPECT = 1.5  # screens are wider than high
_FEW = 40  # entities that are spread without gathering them
_LITTLE = 6  # entities of a part that stands as a small disc
_ROUNDS, _LAST_ROUNDS = 90, 36  # for the few, and for each opening
_GRID = (16, 256)  # cells along a side of the grid of densities
_GOLDEN = math.pi * (3 - math.sqrt(5))


def spread(count: int, pairs: Whole) -> Floats:
    """Return the place of each of ``count`` entities, in pixels around the origin, y downward; shape (count, 2).

    Parameters
    ----------
    count
        Number of entities, which are called 0 to count - 1.
    pairs
        The two ends of every tie, shape (ties, 2). Direction and repetition do not matter.

    """
    places = np.zeros((count, 2))
    ties = _simple(pairs)
    parts = _parts(count, ties)
    boxes = []
    for part, inside in parts:
        own = _little(len(part)) if len(part) <= _LITTLE else _sprung(len(part), inside)
        low, high = own.min(axis=0), own.max(axis=0)
        places[part] = own - low
        boxes.append(high - low + APART * (1 if len(part) <= _LITTLE else 2))
    for (part, _), corner in zip(parts, _shelved(np.array(boxes).reshape(-1, 2)), strict=True):
        places[part] += corner
    return places - (places.max(axis=0) + places.min(axis=0)) / 2 if count else places


def _simple(pairs: Whole) -> Whole:
    """Return each pair once, the smaller end first, without ties of an entity to itself."""
    ends = np.sort(np.asarray(pairs, dtype=np.intp).reshape(-1, 2), axis=1)
    ends = ends[ends[:, 0] != ends[:, 1]]
    return np.unique(ends, axis=0)


def _parts(count: int, ties: Whole) -> list[tuple[Whole, Whole]]:
    """Return the parts that ties hold together, the largest first: their entities, and their ties renumbered."""
    name = _joined(count, ties)
    order = np.argsort(name, kind="stable")
    starts = np.flatnonzero(np.diff(name[order], prepend=-1))
    members = np.split(order, starts[1:]) if count else []
    within = np.empty(count, dtype=np.intp)
    for part in members:
        within[part] = np.arange(len(part))
    owner = name[ties[:, 0]]
    sorted_ = np.argsort(owner, kind="stable")
    cuts = np.searchsorted(owner[sorted_], [name[part[0]] for part in members] + [count])
    found = [
        (part, within[ties[sorted_[cuts[index] : cuts[index + 1]]]].reshape(-1, 2))
        for index, part in enumerate(members)
    ]
    return sorted(found, key=lambda one: (-len(one[0]), one[0][0]))


def _joined(count: int, ties: Whole) -> Whole:
    """Return for each entity the smallest entity of its part."""
    name = np.arange(count)
    while len(ties):
        least = np.minimum(name[ties[:, 0]], name[ties[:, 1]])
        before = name.copy()
        for side in (0, 1):
            np.minimum.at(name, name[ties[:, side]], least)
            np.minimum.at(name, ties[:, side], least)
        name = name[name]
        if np.array_equal(before, name):
            break
    return name


def _little(count: int) -> Floats:
    """Return places for a few: the first in the middle, the others around it."""
    turns = np.arange(count - 1) * 2 * math.pi / max(1, count - 1)
    around = np.stack([np.cos(turns), np.sin(turns)], axis=1) * APART
    return np.concatenate([np.zeros((1, 2)), around])


def _shelved(boxes: Floats) -> Iterator[Floats]:
    """Yield the upper left corners of ``boxes``, set in rows of about the shape of a screen."""
    wide = max(math.sqrt(float(boxes.prod(axis=1).sum()) * _ASPECT), float(boxes[:, 0].max(initial=0)))
    x = y = row = 0.0
    for width, height in boxes:
        if x and x + width > wide:
            x, y, row = 0.0, y + row, 0.0
        yield np.array([x, y])
        x, row = x + width, max(row, height)


def _sprung(count: int, ties: Whole) -> Floats:
    """Return places for one part that ties hold together."""
    levels = list(_gatherings(count, ties))
    last_count, last_ties, _ = levels[-1]
    turns = np.arange(last_count) * _GOLDEN
    places = np.stack([np.cos(turns), np.sin(turns)], axis=1) * np.sqrt(np.arange(last_count) + 0.5)[:, None]
    places = _settled(places, last_ties, _ROUNDS, heat=1.0)
    for (size, inside, gathered), coarser in zip(levels[-2::-1], levels[:0:-1], strict=True):
        opened = places[gathered] * math.sqrt(size / coarser[0])
        turns = np.arange(size) * _GOLDEN
        opened += 0.3 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        places = _settled(opened, inside, _LAST_ROUNDS, heat=0.5)
    return np.asarray(places * np.array([_ASPECT, 1.0]) * APART / math.sqrt(_ASPECT), dtype=np.float64)


def _gatherings(count: int, ties: Whole) -> Iterator[tuple[int, Whole, Whole]]:
    """Yield the part, then its summaries: how many stand in it, its ties, and into whom each is gathered next."""
    while True:
        gathered = _stars(count, ties) if count > _FEW else np.zeros(0, dtype=np.intp)
        fewer = int(gathered.max(initial=-1)) + 1
        yield count, ties, gathered
        if not 1 < fewer < 0.9 * count:
            return
        count, ties = fewer, _simple(gathered[ties])


def _stars(count: int, ties: Whole) -> Whole:
    """Return for each entity which star it belongs to: the busiest that is free takes its neighbours that are free."""
    both = np.concatenate([ties, ties[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    first = np.searchsorted(both[:, 0], np.arange(count + 1)).tolist()
    others = both[:, 1].tolist()
    star = [-1] * count
    suns = 0
    for one in np.argsort(-np.diff(first), kind="stable").tolist():
        if star[one] < 0:
            star[one] = suns
            for other in others[first[one] : first[one + 1]]:
                if star[other] < 0:
                    star[other] = suns
            suns += 1
    return np.array(star, dtype=np.intp)


def _settled(places: Floats, ties: Whole, rounds: int, *, heat: float) -> Floats:
    """Return ``places`` after springs of length 1; each goes at most ``heat`` far at first, then less and less."""
    count = len(places)
    degrees = np.bincount(ties.ravel(), minlength=count)
    pull = 1 / np.sqrt(np.maximum(1, np.minimum(degrees[ties[:, 0]], degrees[ties[:, 1]])))
    for turn in range(rounds):
        force = _pushed(places) - 0.02 * (places - places.mean(axis=0))
        along = places[ties[:, 1]] - places[ties[:, 0]]
        along *= (pull * np.hypot(along[:, 0], along[:, 1]))[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(ties[:, 0], along[:, axis], count)
            force[:, axis] -= np.bincount(ties[:, 1], along[:, axis], count)
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        step = heat * math.sqrt(count) * 0.2 * (1 - turn / rounds) ** 2 + 0.02
        places = places + force * (np.minimum(length, step) / length)[:, None]
    return places


def _pushed(places: Floats) -> Floats:
    """Return how all push each apart, by 1 / distance, from the densities on a grid."""
    low = places.min(axis=0)
    side = int(np.clip(2 ** math.ceil(math.log2(2 * math.sqrt(len(places)))), *_GRID))
    cell = max(float((places.max(axis=0) - low).max()), 1.0) / (side - 2)
    within = (places - low) / cell
    corner = np.minimum(within.astype(np.intp), side - 2)
    rest = within - corner
    shares = [(dx, dy, np.abs(1 - dx - rest[:, 0]) * np.abs(1 - dy - rest[:, 1])) for dx in (0, 1) for dy in (0, 1)]
    at = [(corner[:, 0] + dx) * side + corner[:, 1] + dy for dx, dy, _ in shares]
    density = sum(np.bincount(spot, share, side * side) for spot, (_, _, share) in zip(at, shares, strict=True))
    folded = np.fft.rfft2(np.asarray(density).reshape(side, side), s=(2 * side, 2 * side))
    force = np.empty_like(places)
    for axis, kernel in enumerate(_kernels(side)):
        field = np.fft.irfft2(folded * kernel, s=(2 * side, 2 * side))[:side, :side].ravel() / cell
        force[:, axis] = sum(field[spot] * share for spot, (_, _, share) in zip(at, shares, strict=True))
    return force


_KERNELS: dict[int, tuple[NDArray[np.complex128], NDArray[np.complex128]]] = {}


def _kernels(side: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Return the push of one entity on all cells around it, across and down, as the Fourier transform has it."""
    if side not in _KERNELS:
        steps = np.fft.fftfreq(2 * side, 1 / (2 * side))
        x, y = np.meshgrid(steps, steps, indexing="ij")
        squared = np.maximum(x * x + y * y, 1.0)
        _KERNELS[side] = (np.fft.rfft2(x / squared), np.fft.rfft2(y / squared))
    return _KERNELS[side]
