"""Entities in, candidate pairs out: the best few of each entity, with reasons. Nothing is merged here or by us."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.duplicates.blocking import pairs
from loaders.duplicates.comparing import Likeness, likeness
from loaders.duplicates.context import Remark, remarks, score
from loaders.duplicates.entity import Entity
from loaders.duplicates.name import Name, taken_apart, weights

LIMIT = 3
LEAST = 60.0


@dataclass(frozen=True)
class Candidate:
    """Two entities that may be one.

    Parameters
    ----------
    first, second
        The entities; the one with the smaller id first.
    score
        0 to 100; it orders the queue and decides nothing.
    fits
        How their names fit, the best one first.
    remarks
        What else speaks for and against it.

    """

    first: Entity
    second: Entity
    score: float
    fits: tuple[Likeness, ...]
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def offers_merging(self) -> bool:
        """Whether merging may be the first choice that a page offers: nothing at all speaks against it."""
        return not any(remark.against for remark in self.remarks)


def candidates(
    entities: Iterable[Entity],
    *,
    limit: int = LIMIT,
    least: float = LEAST,
    among: Collection[str] | None = None,
    place_names: Iterable[str] = (),
) -> list[Candidate]:
    """Return the pairs of ``entities`` that may be one thing, the likeliest first.

    Parameters
    ----------
    entities
        Whatever their labels; only those of one base label are compared.
    limit
        Most candidates of one entity. A pair stays if it is among the best of either of the two.
    least
        Pairs with a lower score are left out.
    among
        Ids, of which a pair must have one; None: any pair.
    place_names
        Names of places; two names that differ in such a word speak of two things.

    """
    groups: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        groups[entity.label].append(entity)
    where = frozenset(word.text for name in place_names for word in taken_apart(name).words if not word.is_known)
    found = [
        one
        for label, group in groups.items()
        for one in _of_group(group, frozenset() if label == "Place" else where)
        if one.score >= least
    ]
    if among is not None:
        found = [one for one in found if one.first.id in among or one.second.id in among]
    found.sort(key=lambda one: (-one.score, one.first.id, one.second.id))
    return _best(found, limit)


def _of_group(entities: Sequence[Entity], where: frozenset[str]) -> Iterable[Candidate]:
    owners = [at for at, entity in enumerate(entities) for _ in entity.names]
    names = [taken_apart(name) for entity in entities for name in entity.names]
    if len(names) < 2:  # noqa: PLR2004 - a pair
        return
    weight = weights(names)
    close = pairs(names, owners, [entities[at].country for at in owners])
    closest = _closest(close, names, owners, weight)
    for (one, other), fits in closest.items():
        first, second = sorted((entities[one], entities[other]), key=lambda entity: entity.id)
        noted = remarks(first, second, fits, where)
        yield Candidate(first, second, score(fits, noted), tuple(fits), noted)


def _closest(
    close: Iterable[tuple[int, int]], names: Sequence[Name], owners: Sequence[int], weight: Mapping[str, float]
) -> dict[tuple[int, int], list[Likeness]]:
    """Return the fits of names for each pair of owners, the best first."""
    found: dict[tuple[int, int], list[Likeness]] = defaultdict(list)
    for at, to in close:
        pair = (owners[at], owners[to]) if owners[at] < owners[to] else (owners[to], owners[at])
        found[pair].append(likeness(names[at], names[to], weight))
    for fits in found.values():
        fits.sort(key=lambda fit: -fit.score)
    return found


def _best(found: Sequence[Candidate], limit: int) -> list[Candidate]:
    taken: dict[str, int] = defaultdict(int)
    kept = []
    for one in found:
        if taken[one.first.id] < limit or taken[one.second.id] < limit:
            kept.append(one)
            taken[one.first.id] += 1
            taken[one.second.id] += 1
    return kept
