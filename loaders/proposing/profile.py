"""What stands in the columns of an export, told by all of its rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph_app.errors import PeyvandError
from graph_app.text import clean, squash
from loaders.column_rules import Column
from loaders.columns import value
from loaders.reading import Export

_NOTHING = frozenset({"-", "–", "—", "نامشخص", "ندارد", "نامعلوم", "n/a", "na", "none", "null", "unknown", "؟", "?"})
_SAMPLES = 3
_FEW = 12  # distinct words that make an enum
_TWICE = 2  # times that each of them stands there on average
_LONGEST_WORD = 40
_WAYS: tuple[Mapping[str, Any], ...] = (
    {"order": "dmy"},
    {"order": "mdy"},
    {"calendar": "jalali"},
    {"calendar": "gregorian"},
)


@dataclass
class Profile:
    """One column: its heading, and its cells with how often each stands there."""

    heading: str
    cells: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    @cached_property
    def nulls(self) -> list[str]:
        """The words that mean nothing here."""
        return [cell for cell in self.cells if cell.casefold() in _NOTHING]

    @cached_property
    def words(self) -> Counter[str]:
        """The cells that say something."""
        return Counter({cell: count for cell, count in self.cells.items() if cell not in self.nulls})

    @property
    def filled(self) -> int:
        """The number of rows in which something stands."""
        return self.words.total()

    @property
    def always(self) -> bool:
        """Whether something stands in every row."""
        return 0 < self.rows == self.filled

    @property
    def unique(self) -> bool:
        """Whether every row has another cell."""
        return self.always and len({squash(word) for word in self.words}) == self.rows

    @property
    def few(self) -> bool:
        """Whether a few words are repeated again and again."""
        short = all(len(word) <= _LONGEST_WORD for word in self.words)
        return short and 0 < len(self.words) <= _FEW and self.filled >= _TWICE * len(self.words)

    @property
    def samples(self) -> list[str]:
        """The cells that stand there most often."""
        return [word for word, _ in self.words.most_common(_SAMPLES)]

    def unread(self, kind: str, options: Mapping[str, Any] | None = None) -> list[str]:
        """Return the cells that are not of the type ``kind`` with ``options``."""
        column = Column.model_validate({"type": kind, **(options or {})})
        return [word for word in self.words if not _read(word, column)]

    def reads(self, kind: str) -> bool:
        """Return whether all cells are of the type ``kind``, and there are some."""
        return self.filled > 0 and not self.unread(kind)

    def date_options(self) -> tuple[Mapping[str, Any], bool]:
        """Return what must be said to read the cells as dates, and whether that is certain."""
        plain = len(self.unread("date"))
        fails = [len(self.unread("date", options)) for options in _WAYS]
        if plain <= min(fails):
            return {}, True
        return _WAYS[fails.index(min(fails))], fails.count(min(fails)) == 1


def _read(word: str, column: Column) -> bool:
    try:
        value(word, column)
    except PeyvandError:
        return False
    return True


def profiles(export: Export) -> dict[str, Profile]:
    """Return a profile for every column of ``export``, by its heading."""
    found = {heading: Profile(heading) for heading in export.header}
    for row in export.rows:
        if row.fault:
            continue
        for profile, cell in zip(found.values(), row.cells, strict=True):
            profile.rows += 1
            if text := clean(cell):
                profile.cells[text] += 1
    return found


def unique_together(export: Export, headings: Sequence[str]) -> bool:
    """Return whether no two rows have the same cells in all of ``headings``."""
    places = [export.header.index(heading) for heading in headings]
    keys = [tuple(squash(row.cells[place]) for place in places) for row in export.rows if not row.fault]
    return len(keys) == len(set(keys))
