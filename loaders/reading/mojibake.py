"""Text that was UTF-8 and was taken for Windows-1256 or for Western text: ``ط¯ط§ظ†ط´`` and ``Ø¯Ø§Ù†`` are دانش and دان.

A cell is repaired only if all of it goes back to well-formed UTF-8 and what comes out is Arabic or Latin writing;
otherwise it stays as it is.
"""

import re

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
    if not _SIGN.search(cell) or DAMAGED in cell:
        return None
    for table in _TABLES:
        try:
            better = bytes(table[character] for character in cell).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
        if _PLAUSIBLE.fullmatch(better):
            return better
    return None
