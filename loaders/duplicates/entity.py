"""One thing of the graph as the matcher sees it: its names, and where it belongs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

BODY = "Body"  # a committee or the like: it is one thing only together with its host


@dataclass(frozen=True)
class Entity:
    """What is known of one entity that can help or forbid to take it for another one.

    Parameters
    ----------
    id
        Stable id.
    label
        Base label; only entities of one base label are compared.
    refined
        Labels that refine it: ``City``, ``Body``, …
    name_fa, name_en, aliases
        Names as stored; empty if unknown.
    kind
        Word of the vocabulary; empty if unknown.
    country
        ISO code; empty if unknown.
    places
        Ids of the places it lies in or works for.
    hosts
        Ids of what it belongs to: host institution of a body, parties of an agreement.
    earliest, latest
        Bounds of the day on which it happened or was signed.
    named
        Names of the places and hosts by id, for the reader and for words that name them.

    """

    id: str
    label: str
    refined: frozenset[str] = frozenset()
    name_fa: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    places: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    earliest: date | None = None
    latest: date | None = None
    named: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once, the Persian one first."""
        return tuple(dict.fromkeys(name for name in (self.name_fa, self.name_en, *self.aliases) if name))

    def shown(self, language: str) -> str:
        """Return the name for a reader of ``language``: in the other one, or the id, if there is none."""
        first, second = (self.name_fa, self.name_en) if language == "fa" else (self.name_en, self.name_fa)
        return first or second or next(iter(self.aliases), self.id)

    def called(self, ids: Iterable[str]) -> str:
        """Return the names of those of ``named`` that ``ids`` list."""
        names = dict(self.named)
        return ", ".join(names.get(one, one) for one in sorted(ids))
