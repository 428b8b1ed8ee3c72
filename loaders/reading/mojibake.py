"""Text that was UTF-8 and was taken for Windows-1256 or for Western text: ``ط¯ط§ظ†ط´`` and ``Ø¯Ø§Ù†`` are دانش and دان.

A cell is repaired only if all of it goes back to well-formed UTF-8 and what comes out is Arabic or Latin writing, and
something in it stands in no word. Where nothing does (a lone «ژ» becomes «عک», which could be an abbreviation) the
other cells of its row tell: if one of them was repaired and none is whole, the row was garbled and the cell with it.
Else it stays as it is and is told: nobody guesses.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.reading.encoding import DAMAGED


def _bytes(codec: str) -> dict[str, int]:
    """Return the byte of every character of ``codec``; bytes that it does not define are control characters."""
    table = {chr(byte): byte for byte in range(256)}
    for byte in range(256):
        character = bytes([byte]).decode(codec, "ignore")
        if character:
            table[character] = byte
    return table


_TABLES = (_bytes("cp1256"), _bytes("cp1252"))
_SYMBOLS = "\u0080-\u00bf،؛؟…†‡ˆ‰‹Œ‚ƒ„•–—™›œŽžŠš€“”‘’Ÿ˜ٹپچژڈگکڑںھہ\u200c\u200d\u200e\u200f"
_LEADS = "طظعغآأؤإØÙÚÛÃÂÅÄâ"
SUSPECT = re.compile(f"[{_LEADS}][{_SYMBOLS}]")
_NO_NEIGHBOURS = "ŒœŠšŽžŸƒªºµ²³¹¼½¾"  # of letters of the Arabic script
_SIGN = re.compile(  # a lead and what stands beside it in no word
    f"[{_LEADS}][^\\w\\s،؛؟«»…]|[طظعغآأؤإ][{_NO_NEIGHBOURS}]"
)
_PLAUSIBLE = re.compile(
    "[\x09\x0a\x0d\x20-\x7e\u00a0-\u017f\u0621-\u063a\u0640-\u0652\u0660-\u0669\u066a-\u066c\u067e\u0686\u0698\u06a9\u06af"
    "\u06c0-\u06c2\u06cc\u06f0-\u06f9\u060c\u061b\u061f\u2010-\u2027\u2030-\u203a\u200b-\u200f\u0654]*"
)
_TIMES = 3  # a text can have been spoilt more than once


class Mended(NamedTuple):
    """The cells of a row, those that were repaired as (before, after), and the doubtful ones as (as it is, perhaps)."""

    cells: tuple[str, ...]
    repairs: list[tuple[str, str]]
    doubts: list[tuple[str, str]]


def mended(row: Sequence[str]) -> Mended:
    """Return the cells of ``row``, repaired where that is certain.

    Examples
    --------
    >>> mended(["عک"]).cells, mended(["عک", "ط¯ط§ظ†ط´"]).cells, mended(["عک", "ط¯ط§ظ†ط´", "شهر"]).cells
    (('عک',), ('ژ', 'دانش'), ('عک', 'دانش', 'شهر'))

    """
    cells = list(map(repaired, row))
    certain = any(old != new for old, new in zip(row, cells, strict=True))
    doubtful = {at: perhaps for at, cell in enumerate(cells) if cell == row[at] and (perhaps := _perhaps(cell))}
    whole = any(cell == row[at] and not cell.isascii() and at not in doubtful for at, cell in enumerate(cells))
    if certain and not whole:
        for at, perhaps in doubtful.items():
            cells[at] = perhaps
        doubtful = {}
    repairs = [(old, new) for old, new in zip(row, cells, strict=True) if old != new]
    return Mended(tuple(cells), repairs, [(cells[at], perhaps) for at, perhaps in doubtful.items()])


def _perhaps(cell: str) -> str | None:
    """Return what ``cell`` was if it was decoded wrongly, where nothing in it tells whether it was."""
    if not SUSPECT.search(cell) or _SIGN.search(cell) or DAMAGED in cell:
        return None
    return _back(cell)


def repaired(cell: str) -> str:
    """Return ``cell`` as it was before it was decoded wrongly, or as it is.

    Examples
    --------
    >>> repaired("ط¯ط§ظ†ط´"), repaired("FranÃ§ois"), repaired("عکس")
    ('دانش', 'François', 'عکس')

    """
    for _ in range(_TIMES):
        better = _once(cell)
        if better is None:
            return cell
        cell = better
    return cell


def _once(cell: str) -> str | None:
    return None if not _SIGN.search(cell) or DAMAGED in cell else _back(cell)


def _back(cell: str) -> str | None:
    """Return the text of which ``cell`` is the wrong decoding, if it is one from its first character to the last."""
    for table in _TABLES:
        try:
            better = bytes(table[character] for character in cell).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
        if _PLAUSIBLE.fullmatch(better):
            return better
    return None
