"""The encoding of a text file, found on a ladder and told with its reason; never a silent guess.

Byte order mark, UTF-16 by its pattern of bytes, UTF-8 over the whole file, UTF-8 with a few bytes damaged,
Windows-1256; then the person is asked. Bytes that the encoding does not have become ``DAMAGED``, so that the row
they stand in, and no other, can be rejected.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from graph_app.errors import N_, LoadError
from loaders.reading.report import Encoding, Remark

DAMAGED = "\udc80"  # a lone surrogate: no well-formed text has it
ERRORS = "peyvand-damaged"
_CHUNK = 1 << 18
_SAMPLE = 1 << 16
_ENOUGH = 100_000  # letters, after which more of them tell nothing new
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_HIGH = (0x00, 0x06)  # the upper bytes of ASCII and of Arabic letters in UTF-16
_SLIGHT, _SOME = 0.01, 0.3  # damaged parts of UTF-8; real Windows-1256 has over 0.9
_WORD = re.compile(r"(?:[^\W\d_]|[\u064b-\u0652])+")
_ARABIC = re.compile(r"[\u0600-\u06ff]{2,}")
_LETTER = re.compile(r"[\u0600-\u06ff]")  # such as «و»: tells nothing, because a Western letter can stand alone too
_PREVAILS = 50  # percent


def _damaged(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return DAMAGED, error.end


codecs.register_error(ERRORS, _damaged)


def find(path: Path, file: str, wanted: str | None = None) -> Encoding:
    """Return the encoding of the file at ``path``; ``wanted`` overrides what its bytes say.

    Raises
    ------
    LoadError
        If ``wanted`` is no encoding, or no step of the ladder holds; the message asks for it.

    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    if wanted:
        return _wanted(wanted, head)
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            message = N_("it begins with the byte order mark of %(encoding)s")
            return Encoding(codec, name, 100, Remark(message, {"encoding": name}))
    return _utf16(head) or _by_bytes(path, file)


def _wanted(name: str, head: bytes) -> Encoding:
    try:
        codec = codecs.lookup(name).name
        head.decode(codec, ERRORS)
    except (LookupError, ValueError, AssertionError):
        message = N_("“%(name)s” is no encoding. Known are utf-8, utf-16, windows-1256 and the others of Python.")
        raise LoadError(message, name=name) from None
    if codec == "utf-8":
        codec = "utf-8-sig"  # takes a mark away if there is one
    return Encoding(codec, name, 100, Remark(N_("the mapping or the command says so")))


def _utf16(head: bytes) -> Encoding | None:
    even, odd = head[: len(head) // 2 * 2 : 2], head[1::2]
    for codec, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        share = _share(high)
        if share >= 0.7 and _share(low) <= 0.3:  # noqa: PLR2004 - UTF-8 and Windows-1256 have neither byte
            reason = Remark(N_("every second byte is that of UTF-16 text"))
            return Encoding(codec, "UTF-16", min(99, round(100 * share)), reason)
    return None


def _share(part: bytes) -> float:
    return sum(part.count(byte) for byte in _HIGH) / len(part) if part else 0.0


def _by_bytes(path: Path, file: str) -> Encoding:
    """Tell UTF-8, damaged UTF-8 and Windows-1256 apart by all the bytes beyond ASCII."""
    bad = good = 0
    for text in _decoded(path, "utf-8"):
        damaged = text.count(DAMAGED)
        bad += damaged
        good += 0 if text.isascii() else len(text) - damaged - len(text.encode("ascii", "ignore"))
    if not bad:
        reason = N_("every byte beyond ASCII fits UTF-8") if good else N_("it holds nothing but ASCII")
        return Encoding("utf-8", "UTF-8", 100, Remark(reason))
    share = bad / (bad + good)
    if share < _SOME:
        message = N_(
            "all but %(bad)s of %(all)s characters beyond ASCII fit UTF-8; the rows of the others are rejected"
        )
        certainty = 99 if share < _SLIGHT else round(100 * (1 - share))
        return Encoding("utf-8", "UTF-8", certainty, Remark(message, {"bad": bad, "all": bad + good}))
    return _windows1256(path, file)


def _decoded(path: Path, codec: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)(ERRORS)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _windows1256(path: Path, file: str) -> Encoding:
    """Take the file for Windows-1256 if its letters beyond ASCII stand in words of Arabic letters only.

    Text in a Western encoding has them between Latin letters.
    """
    arabic = other = 0
    with path.open(encoding="cp1256", newline="") as stream:
        for line in stream:
            for word in () if line.isascii() else _WORD.findall(line):
                if _ARABIC.fullmatch(word):
                    arabic += len(word)
                elif not word.isascii() and not _LETTER.fullmatch(word):
                    other += sum(not letter.isascii() for letter in word)
            if arabic + other > _ENOUGH:
                break
    certainty = min(99, 100 * arabic // (arabic + other + 1))
    if certainty < _PREVAILS:
        raise _unknown(path, file)
    message = N_("it is not UTF-8, and %(share)s %% of its letters beyond ASCII stand in words of Arabic letters")
    return Encoding("cp1256", "Windows-1256", certainty, Remark(message, {"share": 100 * arabic // (arabic + other)}))


def _unknown(path: Path, file: str) -> LoadError:
    line = 1
    for text in _decoded(path, "utf-8"):
        before, found, _ = text.partition(DAMAGED)
        line += before.count("\n")
        if found:
            break
    message = N_(
        "%(file)s is neither UTF-8, UTF-16 nor Windows-1256; line %(line)s is the first that is not UTF-8."
        " Name its encoding: --encoding, or “read: {encoding: …}” in the mapping."
    )
    return LoadError(message, file=file, line=line)
