"""Documents that people attach: kept once by content, of a few kinds that are told by what they hold, never by name."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from graph_app.errors import N_, LoadError, NotFoundError
from graph_app.uploads.limits import MEGABYTE
from graph_app.uploads.naming import safe_name
from graph_app.uploads.shelf import Shelf
from graph_app.uploads.wording import words_of

MOST = 20 * MEGABYTE
_BEGINS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"II*\x00": ("image/tiff", ".tif"),
    b"MM\x00*": ("image/tiff", ".tif"),
}
_WORD = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
_OPEN = ("application/vnd.oasis.opendocument.text", ".odt")
_TEXT = ("text/plain", ".txt")
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Document:
    """One document: its name for people, its SHA-256."""

    name: str
    sha256: str

    @property
    def properties(self) -> dict[str, str]:
        """What its source says of it."""
        return {"document_name": self.name, "document_sha256": self.sha256}


class Documents:
    """The documents in ``folder``, which only its owner can enter; ``look`` as that of ``Shelf``."""

    def __init__(self, folder: Path, look: Callable[[Path, str], None] | None = None) -> None:
        self._shelf = Shelf(folder, look)

    def keep(self, sent: str, stream: IO[bytes]) -> Document:
        """Keep what was sent under the name ``sent``.

        Raises
        ------
        LoadError
            If it is too large, empty, or of none of the kinds that are kept.

        """
        held = stream.read(MOST + 1)
        if len(held) > MOST:
            raise LoadError(N_("A document may have %(most)s MB at most."), most=MOST // MEGABYTE)
        suffix = kind_of(held)[1]
        name = Path(safe_name(sent)).stem + suffix
        return Document(name, self._shelf.keep(BytesIO(held), name, MOST).sha256)

    def words(self, document: Document) -> str:
        """Return the words of a document that is kept; nothing if they cannot be read."""
        held, suffix = self.path(document.sha256).read_bytes(), Path(document.name).suffix
        if suffix == _TEXT[1]:
            return held.decode("utf-8-sig").strip()
        if suffix not in {_WORD[1], _OPEN[1]}:
            return ""
        try:
            return words_of(held)
        except ValueError:
            return ""

    def path(self, sha256: str) -> Path:
        """Return where the content with this SHA-256 is.

        Raises
        ------
        NotFoundError
            If it is not here.

        """
        path = self._shelf.contents / sha256
        if len(sha256) != 64 or not _HEX.issuperset(sha256) or not path.is_file():  # noqa: PLR2004 - of SHA-256
            raise NotFoundError(N_("This document is not on this machine."))
        return path


def kind_of(held: bytes) -> tuple[str, str]:
    """Return the media type and the ending of a document by what it holds.

    Raises
    ------
    LoadError
        If it is none of PDF, PNG, JPEG, TIFF, DOCX, ODT and plain text, or holds macros.

    """
    found = next((kind for begin, kind in _BEGINS.items() if held.startswith(begin)), None)
    found = found or _office(held) or _plain(held)
    if found is None:
        raise LoadError(N_("Only PDF, PNG, JPEG, TIFF, DOCX, ODT and plain text can be attached, without macros."))
    return found


def _office(held: bytes) -> tuple[str, str] | None:
    if not held.startswith(b"PK"):
        return None
    try:
        names = [name.casefold() for name in ZipFile(BytesIO(held)).namelist()]
    except (BadZipFile, ValueError, NotImplementedError):
        return None
    if any(mark in name for name in names for mark in _MACROS):
        return None
    if "word/document.xml" in names:
        return _WORD
    return _OPEN if held[30:80].startswith(b"mimetype" + _OPEN[0].encode()) else None


def _plain(held: bytes) -> tuple[str, str] | None:
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    controls = any(ord(letter) < ord(" ") and letter not in "\t\r\n\f" for letter in text)
    return None if controls or not text.strip() else _TEXT
