"""What stands around two names: where the two belong, when they were, and the words in which the names differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.duplicates.comparing import Likeness
from loaders.duplicates.entity import AGREEMENT, BODY, Entity
from loaders.duplicates.name import Word

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """One thing that speaks for or against.

    Parameters
    ----------
    what
        A word of ``wording``.
    points
        What it adds to the score.
    first, second
        What the two have there: words, ids, codes or days.

    """

    what: str
    points: float
    first: Parts = ()
    second: Parts = ()

    @property
    def against(self) -> bool:
        """Whether it speaks against the two being one."""
        return self.points < 0


def remarks(first: Entity, second: Entity, fits: Sequence[Likeness], where: frozenset[str]) -> tuple[Remark, ...]:
    """Return what speaks for and against ``first`` and ``second`` being one, apart from the names that fit.

    Parameters
    ----------
    first, second
        The two.
    fits
        How their names fit, the best one first.
    where
        Words that name places.

    """
    found = (
        *_words(fits[:1], where),
        *_codes(first, second),
        *_shared("country", _one(first.country), _one(second.country), 2, -30),
        *_hosts(first, second),
        *_shared("place", first.places, second.places, 4, -12),
        *_kinds(first, second),
        *_days(first, second),
    )
    return tuple(sorted(found, key=lambda remark: remark.points))


def score(fits: Sequence[Likeness], noted: Iterable[Remark]) -> float:
    """Return the score of a pair, 0 to 100: of its best fitting names, and the points of all remarks."""
    total = (fits[0].score if fits else 0.0) + sum(remark.points for remark in noted)
    return max(0.0, min(100.0, total))


def _words(best: Sequence[Likeness], where: frozenset[str]) -> Iterable[Remark]:
    """Yield the words in which two names differ; numbers and places speak of two things: «… قم» and «… یزد»."""
    for fit in best:
        one, other = _numbers(fit.first.words), _numbers(fit.second.words)
        if one != other:
            yield Remark("other number", -40 if one and other else -15, one, other)
        swapped = [pair for pair in fit.changed if pair[0].key != pair[1].key]
        left = [word for word in (*fit.only_first, *(one for one, _ in swapped)) if word.text in where]
        right = [word for word in (*fit.only_second, *(other for _, other in swapped)) if word.text in where]
        if left and right:
            yield Remark("other place word", -40, _texts(left), _texts(right))
        elif fit.only_first and fit.only_second:
            yield Remark("other words", -8, _texts(fit.only_first), _texts(fit.only_second))


def _shared(what: str, one: frozenset[str], other: frozenset[str], same: float, differ: float) -> Iterable[Remark]:
    if not (one and other):
        return
    if one & other:
        yield Remark(f"same {what}", same, tuple(sorted(one & other)))
    else:
        yield Remark(f"other {what}", differ, tuple(sorted(one)), tuple(sorted(other)))


def _hosts(first: Entity, second: Entity) -> Iterable[Remark]:
    """Yield what the hosts say: a part is not the whole; with another host it is another body; unknown stays open."""
    one, other = first.hosts, second.hosts
    what = "party" if first.label == AGREEMENT else "host"
    if first.id in second.hosts | second.places or second.id in first.hosts | first.places:
        yield Remark("one inside", -25, (first.id,), (second.id,))
        return
    if one and other:
        if not (one <= other or other <= one):
            one, other = one - other, other - one
        yield from _shared(what, one, other, 4, -30)
    elif BODY in first.refined & second.refined:
        yield Remark("unknown host", -6, tuple(sorted(one)), tuple(sorted(other)))


def _codes(first: Entity, second: Entity) -> Iterable[Remark]:
    """Yield what lists kept by others say: two numbers in one list are two things."""
    others = dict(second.codes)
    for name, code in first.codes:
        yield from _shared("code", _one(code), _one(others.get(name, "")), 10, -30)


def _kinds(first: Entity, second: Entity) -> Iterable[Remark]:
    if first.refined and second.refined and not first.refined & second.refined:
        yield Remark("other kind", -25, tuple(sorted(first.refined)), tuple(sorted(second.refined)))
    elif first.kind and second.kind and first.kind != second.kind:
        yield Remark("other kind", -6, (first.kind,), (second.kind,))


def _days(first: Entity, second: Entity) -> Iterable[Remark]:
    if not (first.earliest and second.earliest):
        return
    one, other = (first.earliest, first.latest or first.earliest), (second.earliest, second.latest or second.earliest)
    alike = one[0] <= other[1] and other[0] <= one[1]
    days = [tuple(dict.fromkeys(day.isoformat() for day in days)) for days in (one, other)]
    yield Remark("same time" if alike else "other time", 3 if alike else -25, *days)


def _one(text: str) -> frozenset[str]:
    return frozenset([text]) if text else frozenset()


def _numbers(words: Iterable[Word]) -> Parts:
    return tuple(sorted(word.key[1:] for word in words if word.is_number))


def _texts(words: Iterable[Word]) -> Parts:
    return tuple(word.text for word in words)
