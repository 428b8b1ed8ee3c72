"""Entities in, candidate pairs out: the best few of each entity, with reasons. Nothing is merged here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from loaders.duplicates.blocking import pairs
from loaders.duplicates.comparing import ORDER, SAME, SPACES, Likeness, likeness
from loaders.duplicates.context import Remark, remarks, score
from loaders.duplicates.entity import Entity
from loaders.duplicates.name import Name, taken_apart, weights

LIMIT = 3
LEAST = 60.0
_FITS = 4  # of the ways in which names of a pair fit, so many are kept
_OTHER_NAME = -12.0


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
    remarks: tuple[Remark, ...]

    @property
    def offers_merging(self) -> bool:
        """Whether merging may be the first choice that a page offers.

        Only if the names are the same but for spaces and order, something else agrees, and nothing speaks against it.
        """
        plain = bool(self.fits) and self.fits[0].way in (SAME, SPACES, ORDER)
        return plain and bool(self.remarks) and not any(remark.against for remark in self.remarks)


class Matcher:
    """Compares two entities, knowing which words are common and which name places.

    Parameters
    ----------
    entities
        All entities of the labels that are compared.
    place_names
        Names of places; two names that differ in such a word speak of two things.

    """

    def __init__(self, entities: Iterable[Entity], place_names: Iterable[str] = ()) -> None:
        self.groups: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            self.groups[entity.label].append(entity)
        self.weights = {
            label: weights(name for entity in group for name in _names(entity)) for label, group in self.groups.items()
        }
        words = (word for name in place_names for word in taken_apart(name).words)
        self.where = frozenset(word.text for word in words if not word.is_known)

    def candidates(self) -> Iterator[Candidate]:
        """Yield every pair worth a look, whatever its score."""
        for group in self.groups.values():
            for one, other, names in _close(group):
                yield self._candidate(group[one], group[other], names)

    def compared(self, first: Entity, second: Entity) -> Candidate:
        """Return one pair, compared by all of their names."""
        return self._candidate(first, second, [*product(_names(first), _names(second))])

    def _candidate(self, first: Entity, second: Entity, names: Iterable[tuple[Name, Name]]) -> Candidate:
        weight = self.weights[first.label]
        if second.id < first.id:
            first, second, names = second, first, [(other, one) for one, other in names]
        every = sorted((likeness(one, other, weight) for one, other in names), key=lambda fit: -fit.score)
        fits = tuple(fit for fit in every[:_FITS] if fit.score >= LEAST) or tuple(
            fit for fit in every[:1] if fit.score > 0
        )
        where = frozenset() if first.label == "Place" else self.where
        noted = remarks(first, second, fits, where)
        if score(fits, noted) >= LEAST:
            noted = (*noted, *self._main_names(first, second))
        return Candidate(first, second, round(score(fits, noted), 1), fits, noted)

    def _main_names(self, first: Entity, second: Entity) -> Iterator[Remark]:
        """Yield a remark for each language in which the main names are two; aliases are often loose."""
        for one, other in ((first.name_fa, second.name_fa), (first.name_en, second.name_en)):
            if one and other:
                fit = likeness(taken_apart(one), taken_apart(other), self.weights[first.label])
                if fit.score < LEAST:
                    yield Remark("other name", _OTHER_NAME, (one,), (other,))


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
    found = [one for one in Matcher(entities, place_names).candidates() if one.score >= least]
    if among is not None:
        found = [one for one in found if one.first.id in among or one.second.id in among]
    found.sort(key=lambda one: (-one.score, one.first.id, one.second.id))
    return _best(found, limit)


def _close(group: Sequence[Entity]) -> Iterator[tuple[int, int, list[tuple[Name, Name]]]]:
    """Yield the indices of two entities whose names look alike, with these names."""
    named = [(at, name) for at, entity in enumerate(group) for name in _names(entity)]
    owners, names = [at for at, _ in named], [name for _, name in named]
    contexts = [(group[at].country, *group[at].places, *group[at].hosts) for at in owners]
    close = pairs(names, owners, contexts)
    for (one, other), those in groupby(close, key=lambda pair: sorted((owners[pair[0]], owners[pair[1]]))):
        yield one, other, [(names[at], names[to]) if owners[at] == one else (names[to], names[at]) for at, to in those]


def _names(entity: Entity) -> list[Name]:
    """Return the names of ``entity`` that have a letter or a figure."""
    return [name for name in map(taken_apart, entity.names) if name.words]


def _best(found: Sequence[Candidate], limit: int) -> list[Candidate]:
    taken: dict[str, int] = defaultdict(int)
    kept = []
    for one in found:
        if taken[one.first.id] < limit or taken[one.second.id] < limit:
            kept.append(one)
            taken[one.first.id] += 1
            taken[one.second.id] += 1
    return kept
