"""Text that was typed while the keyboard was in the other language, as it was meant.

The tables are the unshifted letters of a Latin keyboard and what the same keys give on the Persian layout of ISIRI
9147, on the older Persian layout of Windows, and on Arabic 101.
"""

import re
import unicodedata

from graph_app.text import fold

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,\\"
_LAYOUTS = (
    "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو\\",
    "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدئوپ",
    "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر\0ىةو\\",
)
_SIGNS = re.compile(r"[a-z][\[\];,\\][a-z\[\];,\\]|[a-z][\[\]\\]", re.IGNORECASE)
_JOINED = "\0"  # the key b of Arabic 101 gives two letters
_TO_PERSIAN = [{ord(key): letter for key, letter in zip(_KEYS, row, strict=True)} for row in _LAYOUTS]
_OTHER_FORMS = {ord("ی"): "d", ord("ک"): ";"}  # as people and programs write what Arabic 101 gives
_TO_LATIN = [_OTHER_FORMS | {ord(letter): key for key, letter in zip(_KEYS, row, strict=True)} for row in _LAYOUTS]


def repaired(text: str) -> list[str]:
    """Return what ``text`` would be on other layouts, folded, the likeliest first.

    Empty if it has no letters, or letters of both scripts: then somebody changed the layout on purpose.

    Examples
    --------
    >>> repaired("lai]"), repaired("ئشساشی")
    (['مشهچ', 'مشهد'], ['mashad', 'zashad'])

    """
    latin, persian = (any(map(belongs, text)) for belongs in (_is_latin, _is_persian))
    if latin == persian:
        return []
    typed = unicodedata.normalize("NFC", text).lower()
    if latin:
        made = [typed.translate(table).replace(_JOINED, "لا") for table in _TO_PERSIAN]
    else:
        made = [typed.replace("لا", _JOINED if _joins(table) else "لا").translate(table) for table in _TO_LATIN]
    foreign = _is_latin if latin else _is_persian
    return list(dict.fromkeys(fold(one) for one in made if fold(one) and not any(map(foreign, one))))


def looks_mistyped(text: str) -> bool:
    """Return whether ``text`` has signs among its letters that no name has, but that are letters on other layouts."""
    return _SIGNS.search(text) is not None


def _joins(table: dict[int, str]) -> bool:
    return ord(_JOINED) in table


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def _is_persian(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff" and letter.isalpha()
