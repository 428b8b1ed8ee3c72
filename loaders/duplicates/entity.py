"""One thing of the graph as the matcher sees it: its names, and where it belongs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

AGREEMENT = "Agreement"
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
    codes
        Its number in lists kept by others, by the property that holds it: ``geonameid``.
    earliest, latest
        Bounds of the day on which it happened or was signed.
    named
        Persian and English names of the places and hosts by id, for the reader.

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
    codes: tuple[tuple[str, str], ...] = ()
    earliest: date | None = None
    latest: date | None = None
    named: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False, hash=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once, the Persian one first."""
        return tuple(dict.fromkeys(name for name in (self.name_fa, self.name_en, *self.aliases) if name))

    def shown(self, language: str) -> str:
        """Return the name for a reader of ``language``: in the other one, or the id, if there is none."""
        first = _shown((self.name_fa, self.name_en), language)
        return first or next(iter(self.aliases), self.id)

    def called(self, ids: Iterable[str], language: str) -> str:
        """Return the names of those of ``named`` that ``ids`` list."""
        return ", ".join(_shown(self.named.get(one, ("", "")), language) or one for one in sorted(ids))


def _shown(names: tuple[str, str], language: str) -> str:
    first, second = names if language == "fa" else names[::-1]
    return first or second
