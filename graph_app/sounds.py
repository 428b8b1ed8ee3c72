"""Names by their consonants, so that one name written in two scripts, or in two ways of transcribing, has one key.

«رستموف», Rustamov and Rostamov differ only in vowels and in how a sound is written. What stays is the row of
consonants, in classes wide enough for the ways of writing them: all of k, q, g, gh, kh are one; so are s, z, sh, ch, j
and zh, p and b, v and f. Vowels, h and y are left out, because one script writes them and the other does not.
A letter that is read in two ways (Persian «و» as a vowel or as v; Latin c, g, j, q, w, x) gives two keys.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from operator import eq

SHORTEST = 2  # consonants; one alone is in nearly every name
_MOST_JOINED = (
    4  # words up to which a name has a key for all of it together: «سانفرانسیسکو» is one word, San Francisco two
)
_ARTICLES = frozenset({"al", "el", "ال"})
_PERSIAN = {
    **dict.fromkeys("بپ", "b"), **dict.fromkeys("تط", "t"), **dict.fromkeys("ثسصذزضظجچژش", "s"),
    **dict.fromkeys("خکقگغ", "k"), "وو": "f", "ف": "f", "د": "d", "ر": "r", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_LATIN = {
    **dict.fromkeys(("b", "p"), "b"), **dict.fromkeys(("k", "q", "g", "c", "ck", "kh", "gh"), "k"),
    **dict.fromkeys(("s", "z", "dh", "sh", "ch", "zh", "sch", "tch", "tsch", "dj", "dzh", "sz", "cz", "j"), "s"),
    **dict.fromkeys(("f", "v", "ph"), "f"), **dict.fromkeys(("t", "th"), "t"),
    "d": "d", "r": "r", "l": "l", "m": "m", "n": "n", "x": "ks",
}  # fmt: skip
_OTHERWISE = {"و": "f", "w": "f", "ch": "k", "j": "", "q": "s", "x": "s"}  # the second way to read a letter
_SOFTENING = frozenset("eiy")
_SOFT = {"c": ("s", "k"), "g": ("k", "s")}  # before these
_LETTERS = re.compile(r"tsch|dzh|sch|tch|kh|gh|ck|sh|ch|zh|sz|cz|dj|th|dh|ph|وو|.")
_DOUBLED = re.compile(r"(.)\1+")
_SAID = str.maketrans(
    dict(zip("ابپتثجحخدذرزسصضطظعغفقکگلمنوهی", "abptszhkdzrzsszttakfkkklmnuhi", strict=True))
    | dict.fromkeys("چشژ", "sh")
    | dict(zip("cgjqvwy", "kkzkuui", strict=True))
    | {"x": "ks"}
)
_SAID_TOGETHER = re.compile("ch|zh|ph|kh|gh|ck")
_SAID_AS = {"ch": "sh", "zh": "sh", "ph": "f", "kh": "k", "gh": "k", "ck": "k"}


def sounds(names: Iterable[str]) -> str:
    """Return the key under which a name is found by its sound: consonants of each word, and of short names together.

    Parameters
    ----------
    names
        Folded names, in either script.

    Examples
    --------
    >>> sounds(["رستموف"]) in sounds(["rustamov"])
    True

    """
    keys: dict[str, None] = {}
    for name in names:
        words = _words(name)
        joined = ["".join(words)] if 1 < len(words) <= _MOST_JOINED else []
        for word in (*words, *joined):
            keys |= dict.fromkeys(consonants(word))
    return " ".join(keys)


def terms(folded: str) -> list[tuple[str, ...]]:
    """Return, for each word that was typed, the keys under which it can be found; words without a key are left out."""
    return [keys for word in _words(folded) if (keys := consonants(word))]


@lru_cache(maxsize=65536)
def consonants(word: str) -> tuple[str, ...]:
    """Return the one or two rows of consonants of a folded word; none if they are too few to tell anything.

    Examples
    --------
    >>> consonants("isfahan") == consonants("اصفهان") == ("sfn",)
    True

    """
    read = _reads(_LETTERS.findall(word))
    rows = {"".join([first for first, _ in read]): None, "".join([second for _, second in read]): None}
    return tuple(dict.fromkeys(row for one in rows if len(row := _single(one)) >= SHORTEST))


def said(text: str) -> str:
    """Return a folded text roughly as it sounds, in Latin letters, only to compare how alike two names are.

    Examples
    --------
    >>> said("رستموف")
    'rstmuf'

    """
    heard = _SAID_TOGETHER.sub(lambda match: _SAID_AS[match[0]], text).translate(_SAID)
    return _DOUBLED.sub(r"\1", heard)


def _words(folded: str) -> list[str]:
    words = [word.removeprefix("ال") if len(word) > len("الف") + 1 else word for word in folded.split()]
    return [word for word in words if word not in _ARTICLES]


def _reads(letters: list[str]) -> list[tuple[str, str]]:
    """Return how each letter of a word is read, in the one way and in the other."""
    read = list(map(_usually, letters))
    for place, letter in enumerate(letters):
        if letter in _SOFT and letters[place + 1 : place + 2] and letters[place + 1][0] in "eiy":
            read[place] = _SOFT[letter]
    if letters and letters[0] in {"و", "w"}:
        read[0] = "f", ""
    return read


@cache
def _usually(letter: str) -> tuple[str, str]:
    """Return how ``letter`` is read wherever it stands."""
    usual = letter if letter.isdigit() else _PERSIAN.get(letter, _LATIN.get(letter, ""))
    return usual, _OTHERWISE.get(letter, usual)


def _single(row: str) -> str:
    """Return ``row`` without a consonant that follows itself."""
    return _DOUBLED.sub(r"\1", row) if any(map(eq, row, row[1:])) else row
