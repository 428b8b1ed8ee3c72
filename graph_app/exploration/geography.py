"""Agreements on the map: which places each joins, and in which state on which days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.picture import name_of

MOST = 20_000  # agreements on one map
_SECONDS = 20.0
_FROM, _TO = "initiator", "prospective_counterpart"
_EQUAL = ("party", "counterpart")
_ROLES = (*_EQUAL, _FROM, _TO)
Side = tuple[str, str]  # role, place


@dataclass(frozen=True)
class Located:
    """One agreement and the pairs of places that it joins. ``periods`` are (first day, last day, status), ISO dates."""

    id: str
    names: Mapping[str, Any] = field(hash=False)
    kind: str
    signed_on: str
    pairs: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Geography:
    """The agreements that join places, the places by id, and whether there were more than one map takes."""

    agreements: tuple[Located, ...]
    places: Mapping[str, Node] = field(hash=False)
    cut: bool


def geography(store: Store, *, most: int = MOST) -> Geography:
    """Return the agreements whose parties lie in at least two places.

    Parameters
    ----------
    store
        The graph.
    most
        Most agreements to return.

    Raises
    ------
    StoreError
        If the server refuses or cannot be reached.

    """
    asked = {"roles": list(_ROLES)}
    found = store.table(statement("located_agreements"), asked, rows=most, seconds=_SECONDS)
    ids = sorted({place for row in found for _, place in row["sides"]})
    places = by_id(store, ids, seconds=_SECONDS)
    located = (_located(row, places) for row in found)
    return Geography(tuple(one for one in located if one.pairs), places, found.cut)


def _located(row: Mapping[str, Any], places: Mapping[str, Node]) -> Located:
    sides = sorted((str(role), str(place)) for role, place in row["sides"])
    names = {"name_fa": row["name_fa"], "name_en": row["name_en"]}
    periods = tuple((first, last, status) for first, last, status in sorted(row["periods"]))
    return Located(row["id"], names, row["kind"] or "", row["signed_on"], tuple(pairs(sides, places)), periods)


def pairs(sides: Iterable[Side], places: Mapping[str, Node]) -> Sequence[tuple[str, str]]:
    """Return the pairs of places that an agreement joins, each once.

    A plan joins its initiator with everybody it wants to win. Otherwise each party is joined with each other one; if
    they lie in several countries, those of one country stand on one side and are not joined with each other.
    """
    ordered = list(sides)
    wanted = [place for role, place in ordered if role == _TO]
    starting = [place for role, place in ordered if role == _FROM]
    if wanted and starting:
        found: Iterator[tuple[str, str]] = ((start, end) for start in starting for end in wanted)
    else:
        found = combinations(sorted({place for role, place in ordered if role in _EQUAL}), 2)
    joined = [pair for pair in dict.fromkeys(found) if pair[0] != pair[1]]
    abroad = [pair for pair in joined if len({_country(places.get(place)) for place in pair}) == len(pair)]
    return abroad or joined


def _country(place: Node | None) -> str | None:
    return place.properties.get("iso_country") if place else None


def country_names(store: Store, codes: Iterable[str], language: str) -> dict[str, str]:
    """Return what the countries with these codes (ISO 3166) are called in ``language``, as far as they are known."""
    wanted = sorted(set(codes))
    rows = store.table(statement("countries_by_code"), {"codes": wanted}, rows=2 * len(wanted) + 1) if wanted else ()
    return {row["c"].properties["iso_country"]: name_of(row["c"], language) for row in rows}
