"""What somebody typed into the search: words to find, a type to look among, and the full-text queries for them."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from graph_app import sounds
from graph_app.keyboard import repaired
from graph_app.text import fold
from graph_app.vocabulary import Word, vocabulary

_LONGEST, _MOST_TERMS = 120, 10  # letters and words beyond which a text is no name; Lucene refuses far longer ones
_SHORTEST_INFIX = 3  # letters; fewer are in nearly every name
_SHORTEST_PARTED = 5  # letters of the longest word; two words with fewer are in too many names by chance
_SHORTEST_FUZZY, _TWO_WRONG = 4, 8  # letters from which one wrong letter is forgiven, and two
_LONG_ROW = 5  # consonants
_TYPE = re.compile(r"\s*([^\W\d_][\w\s\u200c-]{0,30}?)\s*[:：]\s*(\S.*)", re.DOTALL)
_OPERATORS = re.compile(r"(?<!\S)(?:AND|OR|NOT)(?!\S)")  # people who know search languages type them


@dataclass(frozen=True)
class Typed:
    """A text as it is looked for: ``folded`` words, and the ``labels`` that its type names; empty allows all."""

    folded: str
    labels: tuple[str, ...] = ()

    @property
    def terms(self) -> list[str]:
        """The words."""
        return self.folded.split()

    @property
    def squashed(self) -> str:
        """All letters without spaces."""
        return self.folded.replace(" ", "")

    @property
    def ways(self) -> list[tuple[str, ...]]:
        """What each word may be: itself, or one word with the word before it or after it.

        «تفاهم نامه» and «تفاهم‌نامه» are one word to those who type them.
        """
        pairs = ["", *map("".join, pairwise(self.terms)), ""]
        return [tuple(filter(None, (term, *pairs[place : place + 2]))) for place, term in enumerate(self.terms)]

    @property
    def apart(self) -> list[str]:
        """Words that must all stand among the letters of a name, the longest first, because it may part them.

        Empty if there is one word only, or none that is long enough to tell anything.
        """
        longest = sorted(self.terms, key=len, reverse=True)
        return longest if len(longest) > 1 and len(longest[0]) >= _SHORTEST_PARTED else []

    @property
    def infix(self) -> str:
        """What must stand somewhere among the letters of a name; empty if it is too short to tell anything."""
        return self.squashed if len(self.squashed) >= _SHORTEST_INFIX else ""

    def words(self) -> str:
        """Return the full-text query for all words, each whole, as a beginning, or as one with a neighbour.

        Folded text holds only letters, digits and spaces: nothing in it means anything to Lucene.
        """
        return " AND ".join(_any(_begun(term), joined) for term, *joined in self.ways)

    def misspelled(self) -> str:
        """Return the full-text query for all words, in each of which a letter may be wrong; empty if all are short."""
        terms = [_any(_forgiven(term) or _begun(term), joined) for term, *joined in self.ways]
        return " AND ".join(terms) if any(map(_forgiven, self.terms)) else ""

    def joined(self) -> str:
        """Return the full-text query for a name that has all these letters but one, in whatever words."""
        return f"squashed:{self.squashed}~1" if len(self.squashed) >= _SHORTEST_FUZZY else ""

    def sounding(self) -> str:
        """Return the full-text query for names with the same consonants; empty if there are too few."""
        separate = " AND ".join(_either(keys) for keys in sounds.terms(self.folded))
        together = _either(sounds.consonants(self.squashed))
        return " OR ".join(dict.fromkeys(f"({part})" for part in (separate, together) if part))

    def partly(self) -> str:
        """Return the full-text query for any word that does not name a type; empty unless there are several words."""
        telling = [term for term in self.terms if term not in _type_words()]
        return " OR ".join(map(_begun, telling)) if len(self.terms) > 1 else ""


def read(text: str) -> Typed:
    """Return what ``text`` asks for: ``city: lahore`` and ``شهر: لاهور`` look for Lahore among the cities only."""
    text = text[:_LONGEST]
    match = _TYPE.match(text)
    labels = labels_called(fold(match[1])) if match else ()
    rest = match[2] if match and labels else text
    folded = fold(rest)
    bare = fold(_OPERATORS.sub(" ", rest))
    return Typed(_cut(bare or folded), labels)


def on_other_layouts(text: str) -> list[Typed]:
    """Return what ``text`` asks for if the keyboard was in the other language."""
    return [Typed(_cut(folded)) for folded in repaired(text[:_LONGEST])]


@cache
def labels_called(folded: str) -> tuple[str, ...]:
    """Return the labels that people call so, in either language, one or many."""
    labels = vocabulary().labels.items()
    return tuple(
        name for name, label in labels if folded in {fold(word) for one in (label, label.many) for word in _both(one)}
    )


@cache
def words_for(labels: frozenset[str], kind: str | None) -> frozenset[str]:
    """Return every word, in either language, for what an entity with these labels and of this kind is."""
    words = vocabulary()
    named = [words.labels[label] for label in labels if label in words.labels]
    kinds = [words.kinds[label][kind] for label in labels if kind and kind in words.kinds.get(label, ())]
    texts = [text for one in (*named, *(label.many for label in named), *kinds) for text in _both(one)]
    return frozenset(word for text in texts for word in fold(text).split())


@cache
def _type_words() -> frozenset[str]:
    words = vocabulary()
    kinds = {(label, kind) for label, kinds in words.kinds.items() for kind in kinds}
    plain = [words_for(frozenset({label}), None) for label in words.labels]
    return frozenset().union(*plain, *(words_for(frozenset({label}), kind) for label, kind in kinds))


def _both(word: Word) -> tuple[str, str]:
    return word.en, word.fa


def _cut(folded: str) -> str:
    return " ".join(folded[:_LONGEST].split()[:_MOST_TERMS])


def _any(alone: str, joined: list[str]) -> str:
    """Return the query for a word, or for the words that it may make with its neighbours."""
    return f"({' OR '.join((alone, *(f'{word}*' for word in joined)))})" if joined else alone


def _begun(term: str) -> str:
    return f"({term}^4 OR {term}*)"


def _forgiven(term: str) -> str:
    if len(term) < _SHORTEST_FUZZY:
        return ""
    return f"({term}^4 OR {term}~{2 if len(term) >= _TWO_WRONG else 1})"


def _either(keys: tuple[str, ...]) -> str:
    """Return the query for any of ``keys``; in a long row of consonants one may be another."""
    alike = [f"sounds:{key}^2" for key in keys] + [f"sounds:{key}~1" for key in keys if len(key) >= _LONG_ROW]
    return f"({' OR '.join(alike)})" if keys else ""
