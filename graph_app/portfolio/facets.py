"""By what a portfolio is filtered: each facet with its values, counted among what the other facets let through."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph_app.confidentiality import SECRECY, Clearance
from graph_app.lifecycle.classes import is_twinning, term_kind, twinning_class
from graph_app.portfolio.instruments import Instrument
from graph_app.text import fold

NONE = "none"  # the value of whatever says nothing: «none recorded» can be asked for, too
ENDS = (("passed", -1), ("30", 30), ("90", 90), ("365", 365))  # days until the next end
Values = Callable[[Instrument, date], Iterable[str]]


@dataclass(frozen=True)
class Facet:
    """One way to filter: its name in addresses, and the values that an agreement has."""

    name: str
    values: Values = field(hash=False)


def _or_none(values: Iterable[str]) -> Iterable[str]:
    return tuple(values) or (NONE,)


def _ends(one: Instrument, day: date) -> Iterable[str]:
    left = one.days_left(day)
    if left is None:
        return (NONE,)
    return tuple(name for name, most in ENDS if (left < 0 if most < 0 else 0 <= left <= most)) or ("later",)


def _twinning(one: Instrument, _day: date) -> Iterable[str]:
    return (twinning_class(one.node.properties),) if is_twinning(one.node.properties) else (NONE,)


def _attention(one: Instrument, _day: date) -> Iterable[str]:
    return tuple(name for name, holds in ATTENTION.items() if holds(one))


# What wants somebody's attention. A name that a flag of the vocabulary has means that flag.
ATTENTION: Mapping[str, Callable[[Instrument], bool]] = {
    "expiring": lambda one: one.status == "expiring",
    "expired": lambda one: one.status == "expired",
    "stalled": lambda one: "stalled" in one.flags,
    "unsigned": lambda one: not one.signed and not one.is_group,
    "unknown_term": lambda one: "validity_unknown" in one.flags or "term_unread" in one.flags,
    "incomplete": lambda one: "date_incomplete" in one.flags or (one.signed and len(one.party_ids) < 2),  # noqa: PLR2004
    "conflict": lambda one: "conflict" in one.flags,
    "text_changed": lambda one: "text_changed" in one.flags,
    "under_review": lambda one: one.disposition == "under_review",
}

FACETS = (
    Facet("attention", _attention),
    Facet("state", lambda one, _: (one.state,)),
    Facet("status", lambda one, _: (one.status,)),
    Facet("kind", lambda one, _: (one.kind or NONE,)),
    Facet("ends", _ends),
    Facet("term_kind", lambda one, _: (term_kind(one.node.properties, ends=one.next_end is not None),)),
    Facet("twinning_class", _twinning),
    Facet("country", lambda one, _: _or_none(one.countries)),
    Facet("party", lambda one, _: _or_none(one.party_ids)),
    Facet("umbrella", lambda one, _: _or_none(one.umbrellas)),
    Facet("topic", lambda one, _: _or_none(one.topics)),
    Facet("territory", lambda one, _: _or_none(one.territories)),
    Facet("disposition", lambda one, _: (one.disposition,)),
    Facet("implementation", lambda one, _: (one.implementation,)),
    Facet("source", lambda one, _: _or_none(one.sources)),
    Facet("level", lambda one, _: (Clearance(one.node.properties.get(SECRECY, 0)).word,)),
    Facet("fiction", lambda one, _: ("fictional" if one.fictional else "recorded",)),
)


@dataclass(frozen=True)
class Choice:
    """What a reader chose: values by facet (any of them will do), and words that the names must have."""

    values: Mapping[str, frozenset[str]] = field(hash=False)
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.words.strip()) or any(self.values.values())


def chosen(instruments: Iterable[Instrument], choice: Choice, day: date) -> list[Instrument]:
    """Return the agreements that every facet of ``choice`` lets through."""
    return [one for one in _worded(instruments, choice.words) if not _failing(one, choice, day)]


def counted(instruments: Iterable[Instrument], choice: Choice, day: date) -> dict[str, list[tuple[str, int]]]:
    """Return for each facet its values with how many agreements each would show, the most frequent first.

    A facet is counted among what the other facets let through, so that each count is what a click gives. A value that
    is chosen stands there even with none.
    """
    counts: dict[str, Counter[str]] = {facet.name: Counter() for facet in FACETS}
    for one in _worded(instruments, choice.words):
        failing = _failing(one, choice, day)
        for facet in FACETS:
            if failing <= {facet.name}:
                counts[facet.name].update(set(facet.values(one, day)))
    for name, values in choice.values.items():
        for value in values:
            counts[name].setdefault(value, 0)
    return {name: _ordered(found) for name, found in counts.items()}


def _ordered(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda item: (item[0] == NONE, -item[1], item[0]))


def _failing(one: Instrument, choice: Choice, day: date) -> set[str]:
    """Return the names of the facets that do not let it through."""
    asked = ((facet, choice.values.get(facet.name)) for facet in FACETS)
    return {facet.name for facet, wanted in asked if wanted and wanted.isdisjoint(facet.values(one, day))}


def _worded(instruments: Iterable[Instrument], words: str) -> Sequence[Instrument]:
    sought = fold(words).split()
    if not sought:
        return list(instruments)
    return [one for one in instruments if _says(one, sought)]


def _says(one: Instrument, sought: Sequence[str]) -> bool:
    keys = one.node.properties
    names = f"{keys.get('search', '')} {keys.get('squashed', '')} {fold(one.id)}"
    return all(word in names for word in sought)
