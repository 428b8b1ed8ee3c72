"""How a file was read, in words: what was found, how certainly and why, and what was repaired on the way."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_SHEET = re.compile(r"(?P<file>.*?\.xls[xm]) \((?P<sheet>.*)\)", re.IGNORECASE | re.DOTALL)  # of a workbook

_SHOWN = 3  # repairs and doubts


@dataclass(frozen=True)
class Remark:
    """A sentence about a file, translatable like the message of an error."""

    message: str
    values: dict[str, object] = field(default_factory=dict, hash=False)

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks."""
        return gettext(self.message) % self.values


@dataclass(frozen=True)
class Encoding:
    """The encoding of a file: Python's codec, the name people know, the certainty in percent, and the reason."""

    codec: str
    name: str
    certainty: int
    reason: Remark


@dataclass
class Reading:
    """What the reader found in one file. The counts are those of the last time its rows were read.

    Parameters
    ----------
    file
        The file as it is shown to people.
    encoding, delimiter, sheet
        How the text is written; a workbook has a ``sheet`` and neither of the others.
    header_line
        The physical line, or the row of the sheet, in which the header begins.
    samples
        Up to three cells that show whether the encoding is right.
    merged
        How many cells of a sheet got the value of a cell that is merged downwards.
    rows, blank, faulty, repaired, doubtful
        Rows that hold something; blank ones; those with a fault; cells that were mojibake, of which ``repairs``
        shows the first three before and after; cells that may be some and stay as they are, of which ``doubts``
        shows three and what they would be.

    """

    file: str
    encoding: Encoding | None
    delimiter: str | None
    sheet: str | None
    header_line: int
    samples: tuple[str, ...]
    line_ends: tuple[str, ...] = ()
    merged: int = 0
    rows: int = 0
    blank: int = 0
    faulty: int = 0
    repaired: int = 0
    repairs: list[tuple[str, str]] = field(default_factory=list)
    doubtful: int = 0
    doubts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def remarkable(self) -> bool:
        """Whether a person should look at how this file was read."""
        plain = self.encoding is None or (self.encoding.name == "UTF-8" and self.encoding.certainty == 100)  # noqa: PLR2004 - percent
        return not plain or bool(self.header_line > 1 or self.faulty or self.merged or self.repaired or self.doubtful)

    def restart(self) -> None:
        """Forget the counts, because the rows are read anew."""
        self.rows = self.blank = self.faulty = self.repaired = self.doubtful = 0
        self.repairs, self.doubts = [], []

    def mend(self, repairs: list[tuple[str, str]], doubts: list[tuple[str, str]]) -> None:
        """Count cells of a row that were repaired, and those of which nobody can tell."""
        self.repaired += len(repairs)
        self.repairs += repairs[: _SHOWN - len(self.repairs)]
        self.doubtful += len(doubts)
        self.doubts += doubts[: _SHOWN - len(self.doubts)]


def named_parts(name: str) -> tuple[str, str | None]:
    """Return the file, and the sheet if it is one of a workbook, that an export with this name was read from.

    Examples
    --------
    >>> named_parts("office/book.xlsx (places)"), named_parts("office/places.csv")
    (('office/book.xlsx', 'places'), ('office/places.csv', None))

    """
    found = _SHEET.fullmatch(name)
    return (found["file"], found["sheet"]) if found else (name, None)
