"""Which names are worth comparing: those that share a key that not too many have.

All keys of all names stand in two arrays, a hash and the name it belongs to, sorted by hash; names that share a key
then stand side by side. 100,000 entities need a few hundred megabytes for a moment and no comparison of all with all.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import log

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from loaders.duplicates.name import Name
from loaders.duplicates.sound import skeleton, sound

BLOCK = 40  # names that may share a key and still be compared, each with each
_WORDS = 6  # words of a name that make pairs
_SHORT, _LONG = 2, 14  # sounds shorter or longer than this are not looked up with a letter less
_ABROAD = 30.0  # what the quick look takes off for two countries
_RARE = 5.0  # what a shared rare key adds to the likeness of the quick look
_BEST = 8  # names that one name is compared with closely
_LEAST = 55.0

Indices = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


def pairs(names: Sequence[Name], owners: Sequence[int], countries: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of indices of ``names`` to compare closely.

    Parameters
    ----------
    names
        All names of all entities of one label.
    owners, countries
        Whose each name is, and of which country; empty if unknown. Names of one owner are never a pair, and of the
        partners of a name only the best by a quick look stay.

    """
    hashes, holders = _index(names)
    first, second, rarity = _within_blocks(hashes, holders)
    owner = np.asarray(owners, dtype=np.int64)
    apart = owner[first] != owner[second]
    joined, which = np.unique(first[apart] * len(names) + second[apart], return_inverse=True)
    shared = np.bincount(which, weights=rarity[apart], minlength=len(joined))
    first, second = np.divmod(joined, len(names))
    looks = _quick(names, first, second) + _RARE * shared - _ABROAD * _differ(countries, first, second)
    yield from _best(first, second, looks)
    yield from ((at, to) for at, to in acronyms(names) if owners[at] != owners[to])


def keys(name: Name) -> Iterator[str]:
    """Yield the keys of one name: whole, by words, by two words, by sound and with a letter less."""
    yield f"s{name.squashed}"
    yield "k" + " ".join(name.keys)
    for text in {name.core, name.squashed} - {""}:
        yield from _less("d", skeleton(text))
        yield from _less("f", sound(text))
    yield from (f"w{key}" for key in set(name.keys))
    yield from (f"w{skeleton(one.text + other.text)}" for one, other in pairwise(name.words))
    yield from (f"v{word.sound}" for word in name.words if not word.is_known)
    yield from (f"p{one} {other}" for one, other in combinations(sorted(set(name.keys))[:_WORDS], 2))


def acronyms(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of an acronym and a name with these initials."""
    by_initials: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.is_latin and len(name.words) > 2:  # noqa: PLR2004 - as an acronym has letters
            by_initials["".join(sorted(name.initials))].append(at)
    for at, name in enumerate(names):
        if name.looks_like_an_acronym and len(found := by_initials.get("".join(sorted(name.squashed)), ())) <= BLOCK:
            yield from ((at, other) for other in found)


def _less(kind: str, text: str) -> Iterator[str]:
    """Yield ``text`` and, unless it is short, ``text`` without each of its letters, as keys of one ``kind``."""
    yield kind + text
    if _SHORT < len(text) <= _LONG:
        yield from (kind + text[:at] + text[at + 1 :] for at in range(len(text)))


def _index(names: Sequence[Name]) -> tuple[Indices, Indices]:
    hashes: list[int] = []
    counts = np.empty(len(names), dtype=np.int64)
    for at, name in enumerate(names):
        mine = {hash(key) for key in keys(name)}
        hashes.extend(mine)
        counts[at] = len(mine)
    every = np.asarray(hashes, dtype=np.int64)
    holders = np.repeat(np.arange(len(names), dtype=np.int64), counts)
    order = np.argsort(every, kind="stable")
    return every[order], holders[order]


def _within_blocks(hashes: Indices, holders: Indices) -> tuple[Indices, Indices, Numbers]:
    """Return all pairs of holders of one key, for keys that at most ``BLOCK`` names have."""
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    sizes = np.diff(np.r_[starts, len(hashes)])
    first, second, rarity = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
    for size in range(2, BLOCK + 1):
        block = holders[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        first.append(block[:, left].ravel())
        second.append(block[:, right].ravel())
        rarity.append(np.full(len(first[-1]), log(2 * BLOCK / size)))
    return np.concatenate(first), np.concatenate(second), np.concatenate(rarity)


def _quick(names: Sequence[Name], first: Indices, second: Indices) -> Numbers:
    """Return how alike each pair looks: the best of letters in order, words in any order, and keys."""
    texts = [name.folded for name in names]
    keyed = [" ".join(name.keys) for name in names]
    sounds = [sound(name.squashed) for name in names]
    bones = [skeleton(name.squashed) for name in names]
    looks = [
        cpdist([every[at] for at in first], [every[at] for at in second], scorer=scorer, workers=2)
        for every, scorer in (
            (texts, fuzz.ratio),
            (texts, fuzz.token_sort_ratio),
            (keyed, fuzz.ratio),
            (sounds, fuzz.ratio),
            (bones, fuzz.ratio),
        )
    ]
    best: Numbers = np.maximum.reduce(looks)
    return best


def _differ(countries: Sequence[str], first: Indices, second: Indices) -> npt.NDArray[np.bool_]:
    number = {country: at for at, country in enumerate(dict.fromkeys(["", *countries]))}
    where = np.asarray([number[country] for country in countries], dtype=np.int64)
    one, other = where[first], where[second]
    differ: npt.NDArray[np.bool_] = (one > 0) & (other > 0) & (one != other)
    return differ


def _best(first: Indices, second: Indices, alike: Numbers) -> Iterator[tuple[int, int]]:
    both = np.r_[first, second]
    likes = np.r_[alike, alike]
    which = np.r_[np.arange(len(first)), np.arange(len(first))]
    order = np.lexsort((-likes, both))
    ordered = both[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.empty(0, np.int64)
    rank = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.r_[starts, len(ordered)]))
    kept = np.unique(which[order][(rank < _BEST) & (likes[order] >= _LEAST)])
    yield from zip(first[kept].tolist(), second[kept].tolist(), strict=True)
