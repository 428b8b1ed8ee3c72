"""What every view of the portfolio shows: the day, what was chosen, the counts, and the agreements that are left."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _

from graph_app.errors import N_
from graph_app.exploration.geography import country_names
from graph_app.graph.results import Node
from graph_app.picture import name_of
from graph_app.portfolio import ATTENTION, FACETS, Choice, Instrument, Portfolio, Shelf, chosen, counted
from graph_app.portfolio import order as ordering
from graph_app.views import days, filters, language, store
from graph_app.vocabulary import vocabulary

_LONGEST = 9  # digits of a number in an address

FACET_NAMES: Mapping[str, str] = {
    "state": N_("Stage"),
    "status": N_("Status"),
    "kind": N_("Kind"),
    "ends": N_("Ends"),
    "term_kind": N_("Kind of term"),
    "twinning_class": N_("Class of the twinning"),
    "country": N_("Country of a party"),
    "party": N_("Party"),
    "umbrella": N_("Under the umbrella"),
    "topic": N_("Subject"),
    "territory": N_("Applies in"),
    "disposition": N_("Review"),
    "implementation": N_("Implementation"),
    "source": N_("Source"),
    "level": N_("How confidential"),
    "fiction": N_("Demonstration data"),
}
ATTENTION_NAMES: Mapping[str, str] = {
    "expiring": N_("Expiring"),
    "expired": N_("Expired"),
    "stalled": N_("Stalled"),
    "unsigned": N_("Unsigned"),
    "unknown_term": N_("Term unknown"),
    "incomplete": N_("Incomplete"),
    "conflict": N_("Sources differ"),
    "text_changed": N_("Approved, text changed since"),
    "under_review": N_("Under review"),
}
END_NAMES: Mapping[str, str] = {
    "passed": N_("passed"),
    "30": N_("within 30 days"),
    "90": N_("within 90 days"),
    "365": N_("within a year"),
    "later": N_("later"),
}
FICTION_NAMES: Mapping[str, str] = {"fictional": N_("fictional"), "recorded": N_("not fictional")}


class Page:
    """What every view of the portfolio shows: the day, the choice, the counts, and the agreements that are left."""

    def __init__(self) -> None:
        self.day, self.problem = days.asked()
        self.asked = request.args.get("as_of", "")
        kept: Shelf = current_app.extensions["portfolios"]
        self.found: Portfolio = kept.on(store(), self.day)
        self.choice = _choice()
        left = chosen(self.found.instruments, self.choice, self.day)
        self.sort = one_of("sort", ("name", *ordering.ORDERS), "status", minus=True)
        self.instruments = ordering.ordered(left, self.sort, lambda one: name_of(one.node, language()))

    @cached_property
    def counts(self) -> dict[str, list[tuple[str, int]]]:
        """How many agreements each value of each facet would show."""
        return counted(self.found.instruments, self.choice, self.day)

    @cached_property
    def _countries(self) -> dict[str, str]:
        return country_names(store(), (code for code, _count in self.counts["country"] if code != "none"), language())

    @property
    def facets(self) -> list[tuple[str, str, list[tuple[str, str, int, bool]]]]:
        """(name, title, values) of each facet with more than one value; a value is (value, its name, count, chosen)."""
        return [
            (facet.name, _(FACET_NAMES[facet.name]), self.values_of(facet.name))
            for facet in FACETS
            if facet.name in FACET_NAMES and len(self.counts[facet.name]) > 1
        ]

    @property
    def attention(self) -> list[tuple[str, str, int, bool]]:
        """What wants attention, in its fixed order, with counts."""
        counts, picked = dict(self.counts["attention"]), self.choice.values.get("attention", frozenset())
        return [(name, _(ATTENTION_NAMES[name]), counts.get(name, 0), name in picked) for name in ATTENTION]

    @property
    def picked(self) -> list[tuple[str, str, str]]:
        """(facet, value, its name) of everything that is chosen."""
        return [
            (name, value, self.value_name(name, value))
            for name, values in self.choice.values.items()
            for value in sorted(values)
        ]

    def values_of(self, facet: str) -> list[tuple[str, str, int, bool]]:
        """Return the values of a facet: what is chosen first, so that it never hides among the folded."""
        picked = self.choice.values.get(facet, frozenset())
        rows = [(value, self.value_name(facet, value), count, value in picked) for value, count in self.counts[facet]]
        return sorted(rows, key=lambda row: not row[3])

    def value_name(self, facet: str, value: str) -> str:
        """Return what a value of a facet is called in the reader's language."""
        words, reader = vocabulary(), language()
        if value == "none" and facet not in {"state", "status", "disposition"}:
            return str(_("none recorded"))
        match facet:
            case "attention":
                return _(ATTENTION_NAMES[value]) if value in ATTENTION_NAMES else value
            case "state":
                found = words.states.get(value)
                return found.in_language(reader) if found else filters.word("status", "none")
            case "ends":
                return _(END_NAMES[value]) if value in END_NAMES else value
            case "country":
                return self._countries.get(value, value)
            case "level":
                return filters.word("confidentiality", value)
            case "fiction":
                return _(FICTION_NAMES[value]) if value in FICTION_NAMES else value
            case "party" | "umbrella" | "topic" | "territory" | "source":
                node = self.found.others.get(value)
                return name_of(node, reader) if node else value
        return filters.word(facet, value, ("Agreement",))

    def parties(self, one: Instrument) -> list[Node]:
        """Return the parties of an agreement, those that sign first."""
        return self.found.named(one.party_ids)


def here(**changes: object) -> str:
    """Return the address of this page with other values; None takes one away, and the first page is shown."""
    kept: dict[str, Any] = {name: values for name, values in request.args.lists() if name not in {*changes, "page"}}
    kept |= {name: value for name, value in changes.items() if value is not None}
    return url_for("agreements.index", **kept)


def toggled(facet: str, value: str) -> str:
    """Return the address of this page with one value of a facet chosen, or not any more."""
    values = request.args.getlist(facet)
    left = [one for one in values if one != value] if value in values else [*values, value]
    return here(**{facet: left or None})


def _choice() -> Choice:
    values = {facet.name: frozenset(filter(None, request.args.getlist(facet.name))) for facet in FACETS}
    return Choice({name: found for name, found in values.items() if found}, request.args.get("words", ""))


def one_of(name: str, known: Iterable[str], default: str, *, minus: bool = False) -> str:
    """Return a value of the address if it is a known one, perhaps with a minus before it."""
    value = request.args.get(name, "")
    return value if (value.removeprefix("-") if minus else value) in set(known) else default


def number(name: str, default: int, most: int) -> int:
    """Return a whole number of the address, ``most`` at most."""
    text = request.args.get(name, "")
    return min(most, int(text[:_LONGEST])) if text.isdecimal() else default
