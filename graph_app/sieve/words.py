"""What facets and their values are called, in the language of the reader."""

from collections.abc import Iterable, Mapping

from graph_app.arrangement.items import SEVERAL
from graph_app.exploration.geography import country_names
from graph_app.graph.entities import by_id
from graph_app.graph.store import Store
from graph_app.picture import name_of
from graph_app.sieve.sifting import DAY, UNDATED
from graph_app.sieve.wish import NONE
from graph_app.vocabulary import Word, vocabulary

NAMES: Mapping[str, Word] = {
    "type": Word(en="Type", fa="گونه"),
    "kind": Word(en="Kind", fa="نوع"),
    "state": Word(en="State of agreements", fa="وضعیت اسناد"),
    "country": Word(en="Country", fa="کشور"),
    "topic": Word(en="Subject", fa="موضوع"),
    "certainty": Word(en="Certainty of ties", fa="قطعیت پیوندها"),
    "source": Word(en="Source", fa="منبع"),
    DAY: Word(en="Not valid on this day", fa="در این روز معتبر نیست"),
    UNDATED: Word(en="No date recorded", fa="تاریخی ثبت نشده"),
}
_NOTHING = Word(en="None recorded", fa="ثبت نشده")
_SEVERAL = Word(en="Several countries", fa="چند کشور")
_FROM_GRAPH = frozenset({"topic", "source", "country"})


class Namer:
    """Calls values by name; those that stand in the graph are looked up together."""

    def __init__(self, store: Store, language: str, values: Iterable[tuple[str, str]]) -> None:
        self.language = language
        wanted: dict[str, set[str]] = {}
        for facet, value in values:
            if facet in _FROM_GRAPH and value not in {NONE, SEVERAL}:
                wanted.setdefault(facet, set()).add(value)
        self._found = {facet: _looked_up(store, facet, sorted(some), language) for facet, some in wanted.items()}

    def facet(self, facet: str) -> str:
        """Return what a facet is called."""
        return NAMES[facet].in_language(self.language)

    def value(self, facet: str, value: str) -> str:
        """Return what a value of a facet is called; the value itself if nobody knows."""
        words = vocabulary()
        if value == NONE:
            return _NOTHING.in_language(self.language)
        if value == SEVERAL:
            return _SEVERAL.in_language(self.language)
        if facet in _FROM_GRAPH:
            return self._found.get(facet, {}).get(value, value)
        known: Mapping[str, Word] = {"type": words.labels, "state": words.states, "certainty": words.certainties}.get(
            facet, {}
        )
        if value in known:
            return known[value].in_language(self.language)
        label, _dot, kind = value.partition(".")
        return words.value("kind", kind, self.language, (label, words.labels[label].of or label)) if kind else value


def _looked_up(store: Store, facet: str, values: list[str], language: str) -> dict[str, str]:
    if facet == "country":
        return country_names(store, values, language)
    return {id_: name_of(node, language) for id_, node in by_id(store, values).items()}


def reasons(store: Store, found: Mapping[tuple[str, str], int], language: str) -> list[tuple[str, str, str, int]]:
    """Return why something goes: facet, value, what to call it, and how many go; the most first."""
    namer = Namer(store, language, found)
    told = [
        (facet, value, f"{namer.facet(facet)}: {namer.value(facet, value)}" if value else namer.facet(facet), count)
        for (facet, value), count in found.items()
    ]
    return sorted(told, key=lambda reason: (-reason[3], reason[:2]))
