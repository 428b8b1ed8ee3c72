"""The text of a file that was sent: plain text in any usual encoding, DOCX, HTML. What it is shows in what it holds."""

from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from graph_app.errors import N_, LoadError
from graph_app.uploads.limits import MEGABYTE
from graph_app.uploads.naming import safe_name
from loaders.reading import encoding

MOST = 5 * MEGABYTE
_UNPACKED = 50 * MEGABYTE
_PACKED, _PDF = b"PK\x03\x04", b"%PDF-"
_PAGES = ("<!doctype html", "<html", "<head", "<body")  # with which a page begins
_APART = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "footer", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th"}
    | {"tr", "ul"}
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title"})


def text_of(sent: str, stream: IO[bytes]) -> str:
    """Return the text of the file that was ``sent`` under this name.

    Raises
    ------
    LoadError
        If it is too large, or of another kind.

    """
    name, held = safe_name(sent), stream.read(MOST + 1)
    if len(held) > MOST:
        raise LoadError(
            N_("%(file)s is larger than %(most)s MB. Paste the part that matters."), file=name, most=MOST // MEGABYTE
        )
    if held.startswith(_PACKED):
        return _document(name, held)
    if held.startswith(_PDF):
        raise LoadError(N_("%(file)s is a PDF. Copy its text and paste it here."), file=name)
    text = _decoded(name, held)
    return of_page(text) if text.lstrip("\ufeff \r\n\t")[:20].casefold().startswith(_PAGES) else text


def of_page(page: str) -> str:
    r"""Return the text of an HTML page, without its mark-up and scripts.

    Examples
    --------
    >>> of_page("<html><p>A <b>b</b></p><script>c</script><p>d")
    'A b\nd'

    """
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Page(HTMLParser):
    """Takes the text out of a page; what its reader does not see stays out."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ANN401, ARG002 - as the library says
        if not self.unseen and tag in _UNSEEN:
            self.unseen = tag
        elif tag in _APART:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unseen:
            self.unseen = ""
        elif tag in _APART:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data.replace("\n", " "))


def _decoded(name: str, held: bytes) -> str:
    with TemporaryDirectory() as folder:
        kept = Path(folder, "sent")
        kept.write_bytes(held)
        try:
            codec = encoding.find(kept, name).codec
        except LoadError as error:
            message = N_("The encoding of %(file)s cannot be told. Save it as UTF-8, or paste the text.")
            raise LoadError(message, file=name) from error
    text = held.decode(codec, "replace")
    if "\x00" in text:
        raise LoadError(N_("%(file)s is no text. Send plain text, DOCX or HTML, or paste the text."), file=name)
    return text


def _document(name: str, held: bytes) -> str:
    import docx  # noqa: PLC0415 - seldom needed, and slow to import

    try:
        entries = ZipFile(BytesIO(held)).infolist()
        if sum(entry.file_size for entry in entries) > _UNPACKED:
            raise LoadError(
                N_("%(file)s unpacks to more than %(most)s MB. Send less at once."),
                file=name,
                most=_UNPACKED // MEGABYTE,
            )
        return "\n".join(_paragraphs(docx.Document(BytesIO(held))))
    except (BadZipFile, ValueError, KeyError, NotImplementedError) as error:
        raise LoadError(
            N_("%(file)s is no text. Send plain text, DOCX or HTML, or paste the text."), file=name
        ) from error


def _paragraphs(document: Any) -> Iterator[str]:  # noqa: ANN401 - the library has no types
    for one in document.iter_inner_content():
        rows = [" | ".join(cell.text for cell in row.cells) for row in one.rows] if hasattr(one, "rows") else [one.text]
        yield from rows
