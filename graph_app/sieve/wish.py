"""The part of an address that says what of a picture is let through."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

FACETS = ("type", "kind", "state", "country", "topic", "certainty", "source")
OF_TIES = frozenset({"certainty"})  # the others hide entities; a source hides what it alone says, entities and ties
PARTS = ("hide", "as_of", "undated")
NONE = "none"  # the value of what says nothing
HIDE = "hide"
_MOST = 500  # values in one address


@dataclass(frozen=True)
class Sieve:
    """What a reader wants hidden.

    Parameters
    ----------
    hidden
        Values by facet. What has several values goes when all of them are hidden.
    day
        Only what has begun and has not ended on this day; None asks for no day.
    undated
        Whether what could have a date, and has none, stays.

    """

    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    day: date | None = None
    undated: bool = True

    def __bool__(self) -> bool:
        return bool(self.hidden) or self.day is not None or not self.undated

    @classmethod
    def asked(cls, values: Mapping[str, str], day: date | None) -> "Sieve":
        """Return the wish in the fields of an address; what cannot be understood counts as not asked for.

        Parameters
        ----------
        values
            ``hide`` has values between commas, each as ``facet:value``; ``undated`` may be ``hide``.
        day
            The day of the address, if it names one.

        """
        found: dict[str, set[str]] = defaultdict(set)
        for facet, value in _pairs(values.get("hide", "")):
            found[facet].add(value)
        return cls({name: frozenset(some) for name, some in found.items()}, day, values.get("undated") != HIDE)

    def without(self, facet: str) -> "Sieve":
        """Return the same wish without what it says of one facet."""
        return Sieve({name: some for name, some in self.hidden.items() if name != facet}, self.day, self.undated)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(",")[:_MOST]:
        facet, _colon, value = part.partition(":")
        if facet in FACETS and value:
            yield facet, value
