"""Which names are worth comparing: those that share a key that not too many have.

All keys of all names stand in two arrays, a hash and the name it belongs to, sorted by hash; names that share a key
then stand side by side. 100,000 entities need a few hundred megabytes for a moment and no comparison of all with all.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.process import cpdist

from loaders.duplicates.name import Name
from loaders.duplicates.sound import skeleton, sound

BLOCK = 40  # names that may share a key and still be compared, each with each
_WORDS = 6  # words of a name that make pairs
_SHORT, _LONG = 2, 14  # sounds shorter or longer than this are not looked up with a letter less
_ABROAD = 30.0  # what the quick look takes off for two countries
_RARE = 5.0  # what a shared rare key adds to the likeness of the quick look
_BEST = 8  # names that one name is compared with closely
_LEAST = 55.0  # what looks less alike is not compared closely
_AT_ONCE = 200_000  # pairs in one go of the quick look

Pair = tuple[int, int]
Indices = npt.NDArray[np.signedinteger[Any]]
Numbers = npt.NDArray[np.floating[Any]]


def pairs(names: Sequence[Name], owners: Sequence[int], contexts: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Yield the pairs of indices of ``names`` to compare closely, the pairs of the same two owners one after another.

    Parameters
    ----------
    names
        All names of all entities of one label.
    owners
        Whose each name is; names of one owner are never a pair.
    contexts
        The country of each owner, empty if unknown, and then the ids of its places and hosts. Two that share one of
        them are found even if very many have their name.

    """
    first, second, shared = _sharing(names, np.asarray(owners), contexts)
    looks = _quick(names, first, second) + _RARE * shared
    looks -= _ABROAD * _differ([one[0] for one in contexts], first, second)
    kept = _best(first, second, looks)
    found = {*zip(first[kept].tolist(), second[kept].tolist(), strict=True)}
    found |= {(at, to) for at, to in acronyms(names) if owners[at] != owners[to]}
    yield from sorted(found, key=lambda pair: sorted((owners[pair[0]], owners[pair[1]])))


def keys(name: Name, context: Sequence[str] = ()) -> Iterator[str]:
    """Yield the keys of one name: whole, by words, by two words, by sound and with a letter less, and in context."""
    yield f"s{name.squashed}"
    yield "k" + " ".join(name.keys)
    for where in filter(None, context):
        yield f"t{where} {' '.join(name.keys)}"
        yield f"u{where} {skeleton(name.squashed)}"
    for text in {name.core, name.squashed} - {""}:
        yield from _less("d", skeleton(text))
        yield from _less("f", sound(text))
    yield from (f"w{key}" for key in set(name.keys))
    for one, other in pairwise(name.words):
        yield f"w{skeleton(one.text + other.text)}"
        yield f"v{sound(one.text + other.text)}"
    yield from (f"v{word.sound}" for word in name.words if not word.is_known)
    yield from (f"p{one} {other}" for one, other in combinations(sorted(set(name.keys))[:_WORDS], 2))


def acronyms(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of an acronym and a name with these initials."""
    by_initials: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.is_latin and len(name.words) > 2:  # noqa: PLR2004 - as an acronym has letters
            by_initials["".join(sorted(name.initials))].append(at)
    for at, name in enumerate(names):
        found = by_initials.get("".join(sorted(name.acronym)), ()) if name.acronym else ()
        if len(found) <= BLOCK:
            yield from ((at, other) for other in found)


def _less(kind: str, text: str) -> Iterator[str]:
    """Yield ``text`` and, unless it is short, ``text`` without each of its letters, as keys of one ``kind``."""
    yield kind + text
    if _SHORT < len(text) <= _LONG:
        yield from (kind + text[:at] + text[at + 1 :] for at in range(len(text)))


def _sharing(
    names: Sequence[Name], owners: Indices, contexts: Sequence[Sequence[str]]
) -> tuple[Indices, Indices, Numbers]:
    """Return the pairs that share a key, and how rare what each shares is."""
    first, second, rarity = _within_blocks(*_index(names, contexts))
    apart = owners[first] != owners[second]
    joined = first[apart].astype(np.int64) * len(names) + second[apart]
    joined, which = np.unique(joined, return_inverse=True)
    shared = np.bincount(which, weights=rarity[apart], minlength=len(joined)).astype(np.float64)
    first, second = np.divmod(joined, len(names))
    return first, second, shared


def _index(names: Sequence[Name], contexts: Sequence[Sequence[str]]) -> tuple[Indices, Indices]:
    hashes = array("q")
    counts = np.empty(len(names), dtype=np.int64)
    for at, name in enumerate(names):
        mine = {hash(key) for key in keys(name, contexts[at])}
        hashes.extend(mine)
        counts[at] = len(mine)
    every = np.frombuffer(hashes, dtype=np.int64) if hashes else np.empty(0, dtype=np.int64)
    holders = np.repeat(np.arange(len(names), dtype=np.int32), counts)
    order = np.argsort(every, kind="stable")
    return every[order], holders[order]


def _within_blocks(hashes: Indices, holders: Indices) -> tuple[Indices, Indices, Numbers]:
    """Return all pairs of holders of one key, for keys that at most ``BLOCK`` names have."""
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    sizes = np.diff(np.r_[starts, len(hashes)])
    first, second, rarity = [np.empty(0, np.int32)], [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    for size in range(2, BLOCK + 1):
        block = holders[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        first.append(block[:, left].ravel())
        second.append(block[:, right].ravel())
        rarity.append(np.full(len(first[-1]), log(2 * BLOCK / size), dtype=np.float32))
    return np.concatenate(first), np.concatenate(second), np.concatenate(rarity)


def _quick(names: Sequence[Name], first: Indices, second: Indices) -> Numbers:
    """Return how alike each pair looks: the best of letters in order, words in any order, keys and sound."""
    texts = [name.folded for name in names]
    keyed = [" ".join(name.keys) for name in names]
    sounds = [sound(name.squashed) for name in names]
    bones = [skeleton(name.squashed) for name in names]
    looks = np.zeros(len(first))
    for every, scorer in (
        (texts, ratio),
        (texts, token_sort_ratio),
        (keyed, ratio),
        (sounds, ratio),
        (bones, ratio),
    ):
        for at in range(0, len(first), _AT_ONCE):
            part = slice(at, at + _AT_ONCE)
            one, other = [every[i] for i in first[part]], [every[i] for i in second[part]]
            np.maximum(looks[part], cpdist(one, other, scorer=scorer), out=looks[part])
    return looks


def _differ(countries: Sequence[str], first: Indices, second: Indices) -> npt.NDArray[np.bool_]:
    number = {country: at for at, country in enumerate(dict.fromkeys(["", *countries]))}
    where = np.asarray([number[country] for country in countries], dtype=np.int64)
    one, other = where[first], where[second]
    differ: npt.NDArray[np.bool_] = (one > 0) & (other > 0) & (one != other)
    return differ


def _best(first: Indices, second: Indices, looks: Numbers) -> Indices:
    """Return which pairs are among the best of one of their two names."""
    some = np.flatnonzero(looks >= _LEAST)
    both, likes, which = np.r_[first[some], second[some]], np.r_[looks[some], looks[some]], np.r_[some, some]
    order = np.lexsort((-likes, both))
    ordered = both[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])
    rank = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.r_[starts, len(ordered)]))
    return np.unique(which[order][rank < _BEST])
