"""What a name sounds like, whatever its script: as far as Persian and Latin spelling agree.

Persian writes few vowels and Latin transcriptions disagree about them. ``sound`` keeps the long ones and is compared
by likeness; ``skeleton`` keeps consonants alone and is compared by equality, to find what is worth comparing.
Letters that one of the scripts does not tell apart (س ص ث ش, ق ک, ب پ) are one class in both.
"""

import re
from functools import lru_cache

_PERSIAN = str.maketrans(
    dict.fromkeys("سصثش", "s")
    | dict.fromkeys("زذضظ", "z")
    | dict.fromkeys("تط", "t")
    | dict.fromkeys("قغک", "k")
    | dict.fromkeys("بپ", "b")
    | dict.fromkeys("جژ", "j")
    | dict.fromkeys("حه", "h")
    | dict.fromkeys("اعء", "a")
    | {"خ": "x", "چ": "c", "د": "d", "ر": "r", "ف": "f", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "v", "ی": "y"}
)
_LATIN = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"^(?:ou|[eui])", "a"),
        (r"^o", "av"),
        (r"ch(?=[rlnm])", "k"),
        (r"tsch|tch|ch|cz", "C"),
        (r"sch|sh|sz", "s"),
        (r"kh", "X"),
        (r"gh|q", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dzh|zh|dj|dg(?=e)", "j"),
        (r"ck|c(?![eiy])", "k"),
        (r"c", "s"),
        (r"p", "b"),
        (r"x", "ks"),
        (r"[ou]+w?|w", "v"),
        (r"(?:e[iy]|ai(?!a)|i)", "y"),
        (r"e+", ""),
    )
)
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=.)[ahvy]")
_WIDER = str.maketrans("zg", "sk")  # s and g are often spoken z and k


@lru_cache(maxsize=65536)
def sound(folded: str) -> str:
    """Return the consonants and long vowels of ``folded``, text in the form that ``graph_app.text.fold`` gives.

    Examples
    --------
    >>> sound("ساوه"), sound("saveh"), sound("سرایان"), sound("sarayan")
    ('savh', 'savh', 'srayan', 'sarayan')

    """
    text = folded.replace(" ", "")
    for pattern, into in _LATIN:
        text = pattern.sub(into, text)
    return _DOUBLED.sub(r"\1", text.lower().translate(_PERSIAN))


@lru_cache(maxsize=65536)
def skeleton(folded: str) -> str:
    """Return the consonants of ``sound`` in wider classes; a vowel only counts at the beginning.

    Examples
    --------
    >>> skeleton("اصفهان"), skeleton("esfahan"), skeleton("isfahan")
    ('asfn', 'asfn', 'asfn')

    """
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", sound(folded)).translate(_WIDER))
