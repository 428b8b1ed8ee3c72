"""What people write on a picture: on an entity, a tie, or the whole. It is no fact, and travels in the address."""

import base64
import binascii
from collections.abc import Iterator, Mapping

PART = "notes"  # the field of the address
WHOLE = "*"  # what a note stands on that is about the picture as a whole
LONGEST = 500  # letters of one note
MOST = 60  # notes
ROOM = 6_000  # bytes of all of them, so that the address still passes everywhere


def noted(text: str) -> dict[str, str]:
    """Return the notes in a field of an address, by what they stand on; what cannot be understood is none.

    Parameters
    ----------
    text
        ``id~note`` between commas. A note is in base64 (of RFC 4648 §5, for addresses, without padding), so that a
        Persian letter takes three signs and not six.

    Examples
    --------
    >>> noted(written({"place:mashhad": "ask first", "*": "پیوندها"}))
    {'place:mashhad': 'ask first', '*': 'پیوندها'}

    """
    found: dict[str, str] = {}
    room = ROOM
    for target, note in _pairs(text):
        room -= len(note.encode())
        if len(found) < MOST and room >= 0:
            found[target] = note
    return found


def written(notes: Mapping[str, str]) -> str:
    """Return notes as the address has them."""
    return ",".join(f"{target}~{_encoded(note)}" for target, note in notes.items())


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(","):
        target, _sign, code = part.rpartition("~")
        try:
            note = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()
        except (binascii.Error, ValueError):
            continue
        if target and note.strip():
            yield target, note.strip()[:LONGEST]


def _encoded(note: str) -> str:
    return base64.urlsafe_b64encode(note.encode()).decode().rstrip("=")
