"""The words of an attached document, where they can be read for certain: plain text, DOCX, ODT."""

from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

_MOST = 5_000_000  # bytes of a text, unpacked
_PARTS = {".docx": "word/document.xml", ".odt": "content.xml"}
_PARAGRAPHS = frozenset({"w:p", "text:p", "text:h"})
_RUNS = frozenset({"w:t"})


def words_of(held: bytes, suffix: str) -> str:
    """Return the words of a document line by line; nothing if they cannot be read.

    Parameters
    ----------
    held, suffix
        What it holds, and the ending of its kind.

    """
    if suffix == ".txt":
        return held.decode("utf-8-sig").strip()
    if suffix not in _PARTS:
        return ""
    try:
        with ZipFile(BytesIO(held)) as packed, packed.open(_PARTS[suffix]) as part:
            text = part.read(_MOST + 1)
        return _Lines(every=suffix == ".odt").read(text) if len(text) <= _MOST else ""
    except (BadZipFile, KeyError, ExpatError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return ""


class _Lines:
    """The paragraphs of an XML text. A text that declares entities is refused: they can grow without bound."""

    def __init__(self, *, every: bool) -> None:
        self._every, self._depth = every, 0
        self._lines: list[str] = []
        self._line: list[str] = []

    def read(self, text: bytes) -> str:
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = _refused
        parser.Parse(text, True)
        return "\n".join(line for line in self._lines if line)

    def _start(self, name: str, _attributes: object) -> None:
        self._depth += name in (_PARAGRAPHS if self._every else _RUNS)
        if name in {"w:tab", "text:tab", "w:br", "text:line-break", "text:s"}:
            self._line.append(" ")

    def _end(self, name: str) -> None:
        self._depth -= name in (_PARAGRAPHS if self._every else _RUNS)
        if name in _PARAGRAPHS:
            self._lines.append("".join(self._line).strip())
            self._line.clear()

    def _words(self, words: str) -> None:
        if self._depth:
            self._line.append(words)


def _refused(*_declared: object) -> None:
    raise ValueError
