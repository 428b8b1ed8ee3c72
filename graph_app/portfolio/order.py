"""In which order agreements are listed, and under which headings."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from graph_app.portfolio.facets import FACETS
from graph_app.portfolio.instruments import Instrument
from graph_app.text import fold
from graph_app.vocabulary import vocabulary

Key = Callable[[Instrument], Any]


def _rank(status: str) -> int:
    return list(vocabulary().statuses).index(status)


def _signed_on(one: Instrument) -> date | None:
    found: date | None = one.node.properties.get("signed_on_latest")
    return found


NAME = "name"
ORDERS: Mapping[str, Key] = {
    "status": lambda one: _rank(one.status),
    "ends": lambda one: one.next_end,
    "signed": _signed_on,
    "evidence": lambda one: one.last_evidence,
    "kind": lambda one: one.kind,
}
GROUPS = ("state", "kind", "country", "umbrella", "topic")


def ordered(instruments: Iterable[Instrument], by: str, name: Callable[[Instrument], str]) -> list[Instrument]:
    """Return agreements by a column; what has no value in it stands last either way.

    Parameters
    ----------
    instruments
        The agreements.
    by
        ``name`` or a name of ``ORDERS``, with ``-`` before it for the other way round.
    name
        How an agreement is called in the reader's language; equals are ordered by it.

    """
    key, backwards = by.removeprefix("-"), by.startswith("-")
    found = sorted(instruments, key=lambda one: (fold(name(one)), one.id))
    if key == NAME:
        return found[::-1] if backwards else found
    column = ORDERS[key]
    known = [one for one in found if column(one) is not None]
    known.sort(key=column, reverse=backwards)
    return known + [one for one in found if column(one) is None]


def grouped(instruments: Iterable[Instrument], by: str, day: date) -> list[tuple[str, list[Instrument]]]:
    """Return agreements under the values of the facet ``by``; one with several values stands under each."""
    facet = next(facet for facet in FACETS if facet.name == by)
    pairs = [(value, one) for one in instruments for value in sorted(set(facet.values(one, day)))]
    pairs.sort(key=lambda pair: pair[0])
    groups = [(value, [one for _value, one in same]) for value, same in groupby(pairs, key=lambda pair: pair[0])]
    return sorted(groups, key=lambda group: (group[0] == "none", -len(group[1]), group[0]))
