"""Which of the entities that were found comes first, and why each was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz.fuzz import ratio

from graph_app.exploration.typed import Typed, words_for
from graph_app.graph.results import Node
from graph_app.keys import names_of
from graph_app.sounds import said
from graph_app.text import fold
from graph_app.vocabulary import vocabulary

EXACT, EXACT_SQUASHED, WORD, INFIX, WORDS, NONE = range(6)
LABEL_RANK = {"Place": 0, "Institution": 1, "Person": 1, "Agreement": 2, "Post": 3, "Event": 3, "Topic": 4}
LAST_RANK = 5  # what is said, owed or measured, and the sources: after all others unless it is called just so
_LEAST_ALIKE = 75.0  # per cent; names that share consonants and little else are left out
_LEAST_ALIKE_PART = 80.0  # the same for a part of a name, because one of many words is like anything
_UNHEARD, _LEAST_HEARD = 5.0, 63.0  # per cent: less for consonants alone; what all letters must share even then
_VOWELS = dict.fromkeys(map(ord, "aeiou"))
_ONE_VOWEL = str.maketrans("oe", "ui")  # «و» is o and u, «ی» is e and i
_ARTICLE = "l"  # what is left of al, el and l' without its vowel

folded_name = lru_cache(maxsize=65536)(fold)


@dataclass(frozen=True)
class Why:
    """Why an entity was found, if not by its name: ``how``, and the ``text`` that fits what was typed.

    ``alias``: it is also called ``text``. ``near``: it belongs to ``text``, in Persian ``text_fa``. ``like``: its name
    ``text`` is written or sounds alike. ``layout``: ``text`` was typed, on a keyboard in the other language.
    ``part``: of what was typed, only ``text`` fits.
    """

    how: Literal["alias", "near", "like", "layout", "part"]
    text: str
    text_fa: str = ""

    def in_language(self, language: str) -> str:
        """Return the text for readers of ``language``, ``en`` or ``fa``."""
        first, second = (self.text_fa, self.text) if language == "fa" else (self.text, self.text_fa)
        return first or second


@dataclass(frozen=True)
class Candidate:
    """An entity that was found: ``ties`` that can be drawn, its place, how it was found and what it belongs to."""

    node: Node
    ties: int
    place: Node | None
    how: frozenset[str] = frozenset()
    near: tuple[Mapping[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return self.node.id

    @cached_property
    def names(self) -> list[str]:
        """All its names, the main ones first."""
        return names_of(self.node.properties)

    @cached_property
    def folded(self) -> list[str]:
        """The names as they are compared."""
        return [folded_name(name) for name in self.names]

    @property
    def rank(self) -> int:
        """How early its type comes among equals."""
        labels = vocabulary().labels
        base = next((label for label in self.node.labels if label in labels and not labels[label].of), "")
        return LABEL_RANK.get(base, LAST_RANK)


def order(typed: Typed, one: Candidate) -> tuple[bool, int, bool, int, int, str]:
    """Return the sort key of an entity whose names fit."""
    how_well = fit(typed, one)
    last = one.rank == LAST_RANK and how_well > EXACT_SQUASHED
    return last, how_well, bool(one.node.properties.get("is_group")), one.rank, -one.ties, one.id


def fit(typed: Typed, one: Candidate) -> int:
    """Return how well the names of ``one`` fit; lower is better."""
    best = min((_fits(typed, name) for name in one.folded), default=NONE)
    return WORDS if best == NONE and _all_begun(typed, one.folded) else best


def _all_begun(typed: Typed, names: list[str]) -> bool:
    """Return whether each word, alone or with a neighbour, begins some word of the names, spaces in them aside."""
    return all(any(_begins_word(word, name) for word in ways for name in names) for ways in typed.ways)


def _fits(typed: Typed, name: str) -> int:
    squashed = typed.squashed
    if name == typed.folded:
        return EXACT
    joined = name.replace(" ", "")
    if joined == squashed:
        return EXACT_SQUASHED
    if squashed in joined:
        return WORD if _begins_word(squashed, name) else INFIX
    return NONE


def _begins_word(squashed: str, name: str) -> bool:
    """Return whether ``name`` reads ``squashed`` from the beginning of one of its words on, spaces aside."""
    words = name.split()
    return any("".join(words[place:]).startswith(squashed) for place in range(len(words)))


def whole(typed: Typed, one: Candidate) -> bool:
    """Return whether a name of ``one`` has in it, as whole words, just what was typed."""
    return any(f" {typed.folded} " in f" {name} " for name in one.folded)


def called(typed: Typed, one: Candidate) -> Why | None:
    """Return which other name of an entity fits, if it is found by that and by neither of its main names."""
    best = fit(typed, one)
    name = next((name for name, key in zip(one.names, one.folded, strict=True) if _fits(typed, key) == best), None)
    return Why("alias", name) if name and name in one.node.properties.get("aliases", ()) else None


def belonging(typed: Typed, one: Candidate) -> tuple[int, Why | None] | None:
    """Return how many words fit the names of ``one``, if each other word fits what it is or where it belongs.

    The reason is the first place or institution that a word fits. None if a word fits nothing, or none the names.
    """
    own = [word for name in one.folded for word in name.split()]
    told = words_for(frozenset(one.node.labels), one.node.properties.get("kind"))
    others = [term for term in typed.terms if not _begins_one(term, own)]
    places = {term: _near(term, one) for term in others if term not in told}
    if len(others) == len(typed.terms) or None in places.values():
        return None
    why = next(
        (Why("near", near.get("name_en") or "", near.get("name_fa") or "") for near in places.values() if near), None
    )
    return len(typed.terms) - len(others), why


def begun(typed: Typed, one: Candidate) -> tuple[int, Why]:
    """Return how many letters the words have that fit the names of ``one``, and these words."""
    own = [word for name in one.folded for word in name.split()]
    fitting = [term for term in typed.terms if _begins_one(term, own)]
    return sum(map(len, fitting)), Why("part", " ".join(fitting))


def likeness(typed: Typed, one: Candidate) -> tuple[float, Why] | None:
    """Return how alike the nearest name of ``one`` is written or sounds, in per cent; None if it is too far."""
    scored = [(_alike(typed, key), name) for name, key in zip(one.names, one.folded, strict=True)]
    score, name = max(scored, default=(0.0, ""))
    return (score, Why("like", name)) if score >= _LEAST_ALIKE else None


def _alike(typed: Typed, name: str) -> float:
    """Compare with the whole name, and a little less with words of it, which must be the more alike."""
    words = name.split()
    parts = max(_closest(typed.squashed, words), _each(typed.terms, words))
    score = max(parts - len(words), _LEAST_ALIKE) if parts >= _LEAST_ALIKE_PART else 0.0
    return max(_close(typed.squashed, "".join(words)), score)


def _each(terms: list[str], words: list[str]) -> float:
    """Return how alike all of the words are on the average; nothing if one of them is like none."""
    scores = [_closest(term, words) for term in terms]
    return sum(scores) / len(scores) if min(scores) >= _LEAST_ALIKE else 0.0


def _closest(term: str, words: list[str]) -> float:
    return max((_close(term, word) for word in words), default=0.0)


def _close(one: str, other: str) -> float:
    """Compare two words as they sound and as they are written, in per cent.

    Persian leaves short vowels out, so words of two scripts are compared without them too, unless one only goes on:
    «کرمانشا» is not Germany.
    """
    two_scripts = one.isascii() != other.isascii()
    heard, known = (said(word).translate(_ONE_VOWEL if two_scripts else {}) for word in (one, other))
    firm, known_firm = heard.translate(_VOWELS), known.translate(_VOWELS)
    if _begins_otherwise(firm, known_firm) or _begins_otherwise(known_firm, firm):
        return 0.0
    sound = ratio(heard, known)
    shorter = abs(len(firm) - len(known_firm)) > 1 and (firm.startswith(known_firm) or known_firm.startswith(firm))
    unwritten = two_scripts and sound >= _LEAST_HEARD and not shorter
    return max(sound, ratio(one, other), ratio(firm, known_firm) - _UNHEARD if unwritten else 0.0)


def _begins_otherwise(long: str, short: str) -> bool:
    """Return whether ``long`` is ``short`` after consonants that nobody leaves out: «همدان» is not Medan."""
    head = long.removesuffix(short)
    return head not in {long, "", _ARTICLE}


def _begins_one(term: str, words: list[str]) -> bool:
    return any(word.startswith(term) for word in words)


def _near(term: str, one: Candidate) -> Mapping[str, str] | None:
    return next((near for near in one.near if _begins_one(term, (near.get("search") or "").split())), None)
