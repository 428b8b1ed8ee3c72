"""How much two names say the same, and in which way.

A name is compared word by word, each with its weight, so that "University" shared by thousands says little and the
one word that tells two universities apart says much. Letters are compared only within one script; across scripts
it is meaning (of the words that ``words.csv`` knows) and sound.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from loaders.duplicates.name import Name, Word, word_of
from loaders.duplicates.sound import skeleton

SAME = "same"
SPACES = "spaces"
ORDER = "order"
LETTERS = "letters"
SOUND = "sound"
EXTRA = "extra"
PARTLY = "partly"
ACRONYM = "acronym"

_NEAR = 76  # two words whose letters or sounds are less alike than this are two words
_LAST = 60  # less will do for the last word, if all others fit
_TELLING = 1.2  # weight of a word that few names have
_LONG = 4  # a slip of the keyboard is only believed in words of this length


Match = tuple[Word, Word, float]


@dataclass(frozen=True)
class Likeness:
    """How two names fit: a score of at most 100, the way, the words of one alone, and the words spelt otherwise."""

    score: float
    way: str
    first: Name
    second: Name
    only_first: tuple[Word, ...] = ()
    only_second: tuple[Word, ...] = ()
    changed: tuple[tuple[Word, Word], ...] = ()


def likeness(first: Name, second: Name, weights: Mapping[str, float]) -> Likeness:
    """Return how ``first`` and ``second`` fit, in the best of the ways in which they can."""
    if first.folded == second.folded:
        return Likeness(100, SAME, first, second)
    if first.squashed == second.squashed:
        return Likeness(98, SPACES, first, second)
    if first.texts == second.texts:
        return Likeness(97, ORDER, first, second)
    if initials := _initials(first, second) or _initials(second, first):
        return Likeness(initials, ACRONYM, first, second)
    if first.acronym and second.acronym:
        return Likeness(0, PARTLY, first, second)  # with a letter more or less they stand for something else
    found = (_by_words(*_respaced(first, second), weights), _by_core(first, second, weights), _by_whole(first, second))
    return max(found, key=lambda one: one.score)


def _respaced(first: Name, second: Name) -> tuple[Name, Name]:
    """Join two words of one name that are one word of the other: «حسن آباد» and Hasanabad."""
    joined = _joining(first, second)
    return joined, second if joined is not first else _joining(second, first)


def _joining(name: Name, other: Name) -> Name:
    wanted = {word.key for word in other.words} | {word.text for word in other.words}
    for at, (one, following) in enumerate(pairwise(name.words)):
        both = word_of(one.text + following.text)
        if both.text in wanted or both.key in wanted:
            return replace(name, words=(*name.words[:at], both, *name.words[at + 2 :]))
    return name


def _initials(short: Name, long: Name) -> float:
    """Return how well ``short`` has the initials of ``long``; in another order too: UMSU is Urmia University of …."""
    if not short.acronym or not long.is_latin or sorted(long.initials) != sorted(short.acronym):
        return 0
    return 75 if long.initials == short.acronym else 70


def _by_words(first: Name, second: Name, weights: Mapping[str, float]) -> Likeness:
    """Match each word with the most alike one of the other name; what finds none is left over."""
    same_script = first.is_latin == second.is_latin
    left, right = list(first.words), list(second.words)
    matched = _equal(left, right) + _taken(left, right, _NEAR, same_script=same_script)
    if matched and len(left) == len(right) == 1:
        matched += _taken(left, right, _LAST, same_script=same_script)
    changed = tuple((one, other) for one, other, _ in matched if one.text != other.text)
    ways = {LETTERS if same_script and not word.is_known else SOUND for word, _ in changed}
    way = _way(ways, left, right)
    shared = sum(_weigh((one, other), weights) for one, other, _ in matched)
    alike = sum(_weigh((one, other), weights) * alike for one, other, alike in matched)
    score = alike / (shared + _weigh((*left, *right), weights)) - (3 if way == SOUND else 1)
    if way == EXTRA and any(weights.get(one.key, 1.0) > _TELLING for one, _, _ in matched):
        score = (score + alike / shared) / 2 - 5  # all that one says, the other says too
    return Likeness(score, way, first, second, tuple(left), tuple(right), changed)


def _equal(left: list[Word], right: list[Word]) -> list[Match]:
    """Take the words that are equal in letters, in meaning or in number out of both lists."""
    found = []
    for word in tuple(left):
        told = word.is_known or word.is_number
        same = next((other for other in right if other.text == word.text or (told and other.key == word.key)), None)
        if same:
            left.remove(word)
            right.remove(same)
            found.append((word, same, 100.0))
    return found


def _taken(left: list[Word], right: list[Word], least: float, *, same_script: bool) -> list[Match]:
    """Take the words that are alike enough out of both lists and return them in pairs."""
    found = []
    for word in tuple(left):
        alike = [_alike(word, other, same_script=same_script) for other in right]
        best = max(alike, default=0.0)
        if right and best >= least:
            left.remove(word)
            found.append((word, right.pop(alike.index(best)), best))
    return found


def _by_core(first: Name, second: Name, weights: Mapping[str, float]) -> Likeness:
    """Compare what is left of both names without the words that lists know, whatever the spaces in it."""
    cores = [sum(word.key not in name.known for word in name.words) for name in (first, second)]
    if min(cores) != 1:
        return Likeness(0, PARTLY, first, second)
    same_script = first.is_latin == second.is_latin
    alike = _alike(word_of(first.core), word_of(second.core), same_script=same_script)
    way = LETTERS if same_script else SOUND
    left = [word for word in first.words if word.key in first.known and word.key not in second.known]
    right = [word for word in second.words if word.key in second.known and word.key not in first.known]
    core = [word for name in (first, second) for word in name.words if word.key not in name.known]
    shared = [word for name in (first, second) for word in name.words if word.key in {*first.known} & {*second.known}]
    weight = _weigh(core, weights)
    total = weight + _weigh((*left, *right, *shared), weights)
    if alike < _NEAR:
        return Likeness(0, PARTLY, first, second)
    score = 100 * (weight * alike / 100 + _weigh(shared, weights)) / total
    return Likeness(
        score - (3 if way == SOUND else 1), _way({way}, left, right), first, second, tuple(left), tuple(right)
    )


def _by_whole(first: Name, second: Name) -> Likeness:
    """Compare all letters in a row, for names that are one word here and two there."""
    if min(len(first.words), len(second.words)) > 1:
        return Likeness(0, PARTLY, first, second)
    same_script = first.is_latin == second.is_latin
    alike = _alike(word_of(first.squashed), word_of(second.squashed), same_script=same_script)
    return Likeness(alike - 3, LETTERS if same_script else SOUND, first, second)


def _alike(one: Word, other: Word, *, same_script: bool) -> float:
    """Return how alike two words are, 0 to 100: by letters in one script, by meaning and sound across two."""
    if one.text == other.text:
        return 100
    if one.is_number or other.is_number or (one.is_known and other.is_known):
        return 100 if one.key == other.key else 0
    if same_script:
        return _by_letters(one, other)
    return _by_sound(one, other)


def _by_letters(one: Word, other: Word) -> float:
    length = min(len(one.text), len(other.text))
    if length >= _LONG and OSA.distance(one.text, other.text, score_cutoff=1) <= 1:
        return max(95.0 - 20 / length, _NEAR)
    return max(ratio(one.text, other.text), _by_sound(one, other) - 3)


def _by_sound(one: Word, other: Word) -> float:
    """Return how alike two words sound; equal consonants are worth more, the more there are."""
    alike = ratio(one.sound, other.sound)
    bones, others = skeleton(one.text), skeleton(other.text)
    if bones == others:
        return max(alike, min(96, 70 + 6 * len(bones)))
    return 0.5 * alike + 0.5 * ratio(bones, others) - 2


def _way(ways: Iterable[str], left: list[Word], right: list[Word]) -> str:
    if left and right:
        return PARTLY
    if left or right:
        return EXTRA
    return SOUND if SOUND in ways else LETTERS if ways else ORDER


def _weigh(words: Iterable[Word], weights: Mapping[str, float]) -> float:
    return sum(weights.get(word.key, 1.0) for word in words)
