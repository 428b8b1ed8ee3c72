"""Two records side by side, line by line, as a person compares them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from babel import Locale

from graph_app.errors import N_
from graph_app.text import canonical
from graph_app.vocabulary import vocabulary
from loaders.duplicates.entity import AGREEMENT, Entity

TITLES = {
    "name_fa": N_("Persian name"),
    "name_en": N_("English name"),
    "aliases": N_("Also written"),
    "labels": N_("What it is"),
    "kind": N_("Kind"),
    "country": N_("Country"),
    "places": N_("Place"),
    "hosts": N_("Host"),
    "parties": N_("Parties"),
    "codes": N_("Number in a public list"),
    "days": N_("Date"),
}


@dataclass(frozen=True)
class Line:
    """One line of two records: what it is about, a word of ``TITLES``, and what stands there on either side.

    Empty where nothing is recorded.
    """

    what: str
    first: str
    second: str

    @property
    def title(self) -> str:
        """The title, in English, to be translated."""
        return TITLES[self.what]

    @property
    def differs(self) -> bool:
        """Whether both sides say something, and not the same."""
        return bool(self.first and self.second) and canonical(self.first) != canonical(self.second)


def lines(first: Entity, second: Entity, language: str) -> list[Line]:
    """Return the lines on which at least one of the two has something."""
    pairs = zip_longest(_cells(first, language), _cells(second, language))
    found = (Line(one[0], one[1], other[1]) for one, other in pairs)
    return [line for line in found if line.first or line.second]


def _cells(entity: Entity, language: str) -> Iterator[tuple[str, str]]:
    words = vocabulary()
    labels = sorted(entity.refined) or [entity.label]
    days = dict.fromkeys(day.isoformat() for day in (entity.earliest, entity.latest) if day)
    yield "name_fa", entity.name_fa
    yield "name_en", entity.name_en
    yield "aliases", _joined(sorted(entity.aliases))
    yield "labels", _joined(words.labels[label].in_language(language) for label in labels)
    yield "kind", words.value("kind", entity.kind, language, (entity.label,)) if entity.kind else ""
    yield "country", Locale(language).territories.get(entity.country, entity.country)
    yield "places", entity.called(entity.places, language)
    yield "parties" if entity.label == AGREEMENT else "hosts", entity.called(entity.hosts, language)
    yield "codes", _joined(code for _, code in entity.codes)
    yield "days", " – ".join(days)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
