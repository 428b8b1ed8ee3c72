"""The words of a document, where they can be read for certain: DOCX, ODT."""

from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from graph_app.uploads.limits import MEGABYTE

_MOST = 5 * MEGABYTE  # of its text, unpacked
_PARTS = {"word/document.xml": frozenset({"w:t"}), "content.xml": frozenset({"text:p", "text:h"})}  # what holds words
_PARAGRAPHS = frozenset({"w:p", "text:p", "text:h"})
_ROWS, _CELLS = frozenset({"w:tr", "table:table-row"}), frozenset({"w:tc", "table:table-cell"})
_GAPS = frozenset({"w:tab", "text:tab", "w:br", "text:line-break", "text:s"})
_UNREADABLE = (BadZipFile, StopIteration, ExpatError, EOFError, NotImplementedError, RuntimeError)


def words_of(held: bytes) -> str:
    """Return the words of a document, a line for each paragraph and for each row of a table.

    Parameters
    ----------
    held
        What it holds.

    Raises
    ------
    ValueError
        If they cannot be read, or there are too many.

    """
    try:
        with ZipFile(BytesIO(held)) as packed:
            part = next(name for name in _PARTS if name in packed.namelist())
            with packed.open(part) as stream:
                text = stream.read(_MOST + 1)
        if len(text) > _MOST:
            raise ValueError("too long")
        return _Lines(_PARTS[part]).read(text)
    except _UNREADABLE as error:
        raise ValueError(error) from error


class _Lines:
    """The lines of an XML text. A text that declares entities is refused: they can grow without bound."""

    def __init__(self, holders: frozenset[str]) -> None:
        self._holders, self._depth = holders, 0
        self._rows = 0  # how deep in rows of tables
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
        self._depth += name in self._holders
        self._rows += name in _ROWS
        if name in _GAPS:
            self._line.append(" ")

    def _end(self, name: str) -> None:
        self._depth -= name in self._holders
        self._rows -= name in _ROWS
        if name in _CELLS:
            self._line.append(" | ")
        elif name in _PARAGRAPHS and self._rows:
            self._line.append(" ")
        elif (name in _PARAGRAPHS or name in _ROWS) and not self._rows:
            self._lines.append(" ".join("".join(self._line).strip(" |").split()))
            self._line.clear()

    def _words(self, words: str) -> None:
        if self._depth:
            self._line.append(words)


def _refused(*_declared: object) -> None:
    raise ValueError("it declares entities")
