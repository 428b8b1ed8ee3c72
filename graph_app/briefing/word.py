"""The briefing as a Word document: title, picture, captions, facts and sources, from right to left in Persian."""

import base64
import binascii
import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from graph_app.briefing import tables, words
from graph_app.briefing.content import Briefing
from graph_app.errors import N_, PeyvandError
from graph_app.text import without_controls

_PNG = b"\x89PNG\r\n\x1a\n"
_ADDRESS = "data:image/png;base64,"
_WIDTH = Cm(16)
_LARGEST = 8_000  # pixels on a side
_FONT = "Vazirmatn"


class PictureError(PeyvandError):
    """The picture that came along is none."""


def document(made: Briefing, drawn: bytes | None) -> bytes:
    """Return the briefing as .docx.

    Parameters
    ----------
    made
        What to write.
    drawn
        The picture as PNG, drawn by the reader's browser; without it the document has tables only.

    """
    book: Document = docx.Document()
    book.styles["Normal"].font.name = _FONT
    book.styles["Normal"].font.size = Pt(10)
    if made.level:
        book.core_properties.category = made.level.line(made.language)
        _written(book.sections[0].header.paragraphs[0], made, made.level.line(made.language), bold=True)
    _paragraph(book, made, made.title, "Title")
    for name, text in tables.about(made)[1:]:
        _paragraph(book, made, f"{name}: {text}")
    if drawn:
        book.add_picture(io.BytesIO(drawn), width=_WIDTH)
    for title, heads, rows in tables.sheets(made)[1:]:
        _paragraph(book, made, title.in_language(made.language), "Heading 1")
        if rows:
            _table(book, made, [head.in_language(made.language) for head in heads], rows)
        else:
            _paragraph(book, made, words.NONE.in_language(made.language))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def picture(address: str) -> bytes | None:
    """Return the PNG in a ``data:`` address; None if there is no address.

    Raises
    ------
    PictureError
        If it holds no PNG, or a huge one; no library has read it then.

    """
    if not address:
        return None
    try:
        found = base64.b64decode(address.removeprefix(_ADDRESS), validate=True)
    except binascii.Error:
        found = b""
    sides = [int.from_bytes(found[at : at + 4]) for at in (16, 20)]
    if not found.startswith(_PNG) or found[12:16] != b"IHDR" or not all(0 < side <= _LARGEST for side in sides):
        raise PictureError(N_("The picture that came with the request is not a PNG image. Make the document again."))
    return found


def _paragraph(book: Document, made: Briefing, text: str, style: str | None = None) -> None:
    _written(book.add_paragraph(style=style), made, text)


def _written(paragraph: Any, made: Briefing, text: str, *, bold: bool = False) -> None:  # noqa: ANN401 - has no public type
    run = paragraph.add_run(without_controls(text))
    run.bold = bold or None
    if made.language == "fa":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - there is no other way to say it
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001


def _table(book: Document, made: Briefing, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = book.add_table(rows=0, cols=len(heads), style="Light Grid Accent 1")
    if made.language == "fa":
        table._tblPr.append(OxmlElement("w:bidiVisual"))  # noqa: SLF001
    for at, row in enumerate([heads, *rows]):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _written(cell.paragraphs[0], made, text, bold=at == 0)
