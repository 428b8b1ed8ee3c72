"""The text of a file that was sent: plain text in any usual encoding, DOCX, ODT, HTML, told by what it holds."""

from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from graph_app.errors import N_, LoadError
from graph_app.uploads.limits import MEGABYTE
from graph_app.uploads.naming import safe_name
from graph_app.uploads.wording import words_of
from loaders.reading import encoding

MOST = 5 * MEGABYTE
_NO_TEXT = N_("%(file)s is no text. Send plain text, DOCX, ODT or HTML, or paste the text.")
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
        raise LoadError(_NO_TEXT, file=name)
    return text


def _document(name: str, held: bytes) -> str:
    try:
        return words_of(held)
    except ValueError as error:
        raise LoadError(_NO_TEXT, file=name) from error
