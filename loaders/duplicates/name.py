"""A name, taken apart once: its words, what each means or sounds like, and how much each says."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import log
from pathlib import Path

from graph_app.text import ZWNJ, fold
from loaders.duplicates.sound import skeleton, sound

_FOLDER = Path(__file__).resolve().parent
_LITTLE = 0.4  # weight of a word such as "university"; a word that few names have weighs 2
_EMPTY = frozenset(("of", "the", "and", "for", "in", "at", "on", "de", "la", "le", "el", "al", "e", "ye", "i", "yi"))
_EMPTY |= {"و", "در", "از", "به", "برای", "با", "ها", "های"}
_ACRONYM = 8  # letters of an acronym at most
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True)
class Word:
    """One word; ``word_of`` makes it.

    Parameters
    ----------
    text
        As folded.
    key
        Equal for its equals in the other script and language: ``~…`` for a word of ``words.csv``, ``#…`` for a
        number, anything else is a sound.
    sound
        What it sounds like, vowels included.
    is_number, is_known
        Whether it counts (a figure, "second"), and whether ``words.csv`` has it.

    """

    text: str
    key: str
    sound: str
    is_number: bool
    is_known: bool


@lru_cache(maxsize=262144)
def word_of(text: str) -> Word:
    """Return the word that ``text``, folded and without spaces, is."""
    number = f"#{int(text)}" if text.isdecimal() else _numbers().get(text, "")
    known = "" if number else _meanings().get(text, "")
    return Word(text, number or known or skeleton(text) or text, sound(text), bool(number), bool(known))


@dataclass(frozen=True)
class Name:
    """One name of one entity."""

    written: str
    folded: str
    words: tuple[Word, ...]

    @cached_property
    def squashed(self) -> str:
        """The letters without spaces."""
        return self.folded.replace(" ", "")

    @cached_property
    def is_latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return bool(_LATIN.search(self.folded))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words in one order, whatever their order in the name."""
        return tuple(sorted(word.text for word in self.words))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all words in one order, whatever the order of the words."""
        return tuple(sorted(word.key for word in self.words))

    @cached_property
    def core(self) -> str:
        """The words that no list knows, written together: what makes this name a name."""
        return "".join(word.text for word in self.words if not word.is_known and not word.is_number)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The keys that are not part of the core."""
        return tuple(sorted(word.key for word in self.words if word.is_known or word.is_number))

    @cached_property
    def initials(self) -> str:
        """The first letters of the words, as an acronym would have them."""
        return "".join(word.text[0] for word in self.words)

    @cached_property
    def acronym(self) -> str:
        """The capitals of a name that looks like an acronym: GUMS of GoUMS; empty for any other."""
        capitals = "".join(letter for letter in self.written if "A" <= letter <= "Z")
        known = self.written.isascii() and self.written.isalpha() and len(self.written) <= _ACRONYM
        return capitals.lower() if known and len(capitals) > len(self.written) / 2 and len(capitals) > 1 else ""


@lru_cache(maxsize=262144)
def taken_apart(written: str) -> Name:
    """Return ``written`` as a name."""
    folded = fold(written)
    parts = fold(written.replace(ZWNJ, " ")).split()
    texts = [text for text in parts if text not in _EMPTY] or parts
    return Name(written, folded, tuple(word_of(text) for text in _joined(texts)))


def _joined(texts: Sequence[str]) -> Iterator[str]:
    """Yield the words, two that are one word of ``words.csv`` as one: «بین المللی»."""
    at = 0
    while at < len(texts):
        both = "".join(texts[at : at + 2])
        step = 2 if both in _meanings() and at + 1 < len(texts) else 1
        yield both if step > 1 else texts[at]
        at += step


def weights(names: Iterable[Name]) -> Mapping[str, float]:
    """Return how much each key says among ``names``: 1 to 2, the more the fewer have it; general words less."""
    found = Counter(key for name in names for key in set(name.keys))
    scale = log(max(found.total(), 3))
    return {key: _LITTLE if key in _little() else 2 - log(count) / scale for key, count in found.items()}


@cache
def _meanings() -> Mapping[str, str]:
    return {word: f"~{row['en'].partition('|')[0]}" for row in _rows("words") for word in _listed(row, "en", "fa")}


@cache
def _little() -> frozenset[str]:
    return frozenset(f"~{row['en'].partition('|')[0]}" for row in _rows("words") if row["says"] == "little")


@cache
def _numbers() -> Mapping[str, str]:
    return {word: f"#{row['number']}" for row in _rows("numbers") for word in _listed(row, "words")}


def _listed(row: Mapping[str, str], *columns: str) -> list[str]:
    return [fold(word) for column in columns for word in row[column].split("|")]


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
