"""What stands under what: umbrellas with their sub-agreements, portfolios with their parts, and where each applies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.portfolio.instruments import Instrument, Portfolio

_UMBRELLA = "umbrella_mou"


@dataclass(frozen=True)
class Branch:
    """An agreement and what stands under it, to any depth."""

    instrument: Instrument
    below: tuple["Branch", ...]

    @property
    def size(self) -> int:
        """How many agreements stand under it, at all depths."""
        return sum(1 + branch.size for branch in self.below)


@dataclass(frozen=True)
class Coverage:
    """Which umbrella has sub-agreements in which province: ``cells`` by (province, umbrella), where any is recorded."""

    country: Node | None
    provinces: tuple[Node, ...]
    umbrellas: tuple[Instrument, ...]
    cells: Mapping[tuple[str, str], tuple[Instrument, ...]] = field(hash=False)

    def covered(self, umbrella: str) -> int:
        """Return how many of the provinces have at least one agreement under ``umbrella``."""
        return sum((province.id, umbrella) in self.cells for province in self.provinces)


def branches(instruments: Iterable[Instrument]) -> list[Branch]:
    """Return the trees of agreements in which any stands under another; the largest first."""
    known = {one.id: one for one in instruments}
    below: dict[str, list[Instrument]] = defaultdict(list)
    for one in known.values():
        for above in {*one.umbrellas, *one.portfolios}:
            if above in known and above != one.id:
                below[above].append(one)
    placed = {one.id for ones in below.values() for one in ones}
    roots = [_branch(known[id_], below, frozenset()) for id_ in below if id_ not in placed]
    return sorted(roots, key=lambda branch: (-branch.size, branch.instrument.id))


def _branch(one: Instrument, below: Mapping[str, Sequence[Instrument]], above: frozenset[str]) -> Branch:
    inner = above | {one.id}
    return Branch(one, tuple(_branch(sub, below, inner) for sub in below.get(one.id, ()) if sub.id not in inner))


def provinces(store: Store) -> list[tuple[Node, list[Node]]]:
    """Return each country whose provinces are known, with them; the one with most first."""
    return [(row["c"], list(row["provinces"])) for row in store.table(statement("portfolio/provinces"), rows=500)]


def coverage(found: Portfolio, known: Sequence[tuple[Node, Sequence[Node]]], country: str = "") -> Coverage:
    """Return where the umbrellas of a portfolio have sub-agreements.

    Parameters
    ----------
    found
        The portfolio.
    known
        Countries with their provinces, as ``provinces`` gives them.
    country
        Id of the country whose provinces are the rows; without one, that in which most sub-agreements apply.

    """
    subs = [one for one in found.instruments if one.umbrellas]
    used = {umbrella for one in subs for umbrella in one.umbrellas}
    umbrellas = tuple(one for one in found.instruments if one.id in used or one.kind == _UMBRELLA)
    cells: dict[tuple[str, str], list[Instrument]] = defaultdict(list)
    for one in subs:
        for place in one.territories:
            for umbrella in one.umbrellas:
                cells[place, umbrella].append(one)
    there = {place for place, _umbrella in cells}
    ranked = sorted(known, key=lambda pair: -sum(province.id in there for province in pair[1]))
    row = next((pair for pair in ranked if pair[0].id == country), ranked[0] if ranked else None)
    whole = {key: tuple(value) for key, value in cells.items()}
    return Coverage(row[0] if row else None, tuple(row[1]) if row else (), umbrellas, whole)
