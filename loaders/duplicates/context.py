"""What stands around two names: where the two belong, when they were, and the words in which the names differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.duplicates.comparing import SAME, SPACES, Likeness
from loaders.duplicates.entity import BODY, Entity
from loaders.duplicates.name import Word, taken_apart


@dataclass(frozen=True)
class Remark:
    """One thing that speaks for or against: a word of the code, what it weighs, and what a sentence needs of it."""

    what: str
    points: float
    first: str = ""
    second: str = ""

    @property
    def against(self) -> bool:
        """Whether it speaks against the two being one."""
        return self.points < 0


def remarks(first: Entity, second: Entity, fits: Sequence[Likeness], where: frozenset[str]) -> tuple[Remark, ...]:
    """Return what speaks for and against ``first`` and ``second`` being one, apart from the names that fit."""
    return (
        *_words(fits[0], where),
        *_shared("country", _one(first.country), _one(second.country), 2, -30),
        *_hosts(first, second),
        *_places(first, second),
        *_kinds(first, second),
        *_days(first, second),
    )


def score(fits: Sequence[Likeness], noted: Iterable[Remark]) -> float:
    """Return the score of a pair: of its best fitting names, and the points of all remarks."""
    total = fits[0].score + sum(remark.points for remark in noted)
    return max(0.0, min(100.0, total))


def _words(fit: Likeness, where: frozenset[str]) -> Iterable[Remark]:
    """Numbers and places in which two names differ speak of two things: «… قم» and «… یزد»."""
    one, other = _numbers(fit.first.words), _numbers(fit.second.words)
    if one != other:
        yield Remark("numbers", -40 if one and other else -15, " ".join(one), " ".join(other))
    swapped = [pair for pair in fit.changed if pair[0].key != pair[1].key]
    left = [word for word in (*fit.only_first, *(one for one, _ in swapped)) if word.text in where]
    right = [word for word in (*fit.only_second, *(other for _, other in swapped)) if word.text in where]
    if left and right:
        yield Remark("place words", -40, _texts(left), _texts(right))
    elif fit.only_first and fit.only_second:
        yield Remark("words", -8, _texts(fit.only_first), _texts(fit.only_second))


def _shared(what: str, one: frozenset[str], other: frozenset[str], same: float, different: float) -> Iterable[Remark]:
    if one and other:
        yield Remark(what, same if one & other else different, ", ".join(sorted(one)), ", ".join(sorted(other)))


def _hosts(first: Entity, second: Entity) -> Iterable[Remark]:
    """The same name with another host is another body; that only one host is known leaves it open."""
    called = first.called(first.hosts), second.called(second.hosts)
    if first.hosts and second.hosts:
        alike = bool(first.hosts & second.hosts)
        yield Remark("same host" if alike else "different hosts", 4 if alike else -30, *called)
    elif BODY in first.refined & second.refined:
        yield Remark("one host" if first.hosts or second.hosts else "no host", -6, *called)


def _places(first: Entity, second: Entity) -> Iterable[Remark]:
    if first.places and second.places:
        alike = bool(first.places & second.places)
        called = first.called(first.places), second.called(second.places)
        yield Remark("same place" if alike else "different places", 4 if alike else -12, *called)


def _kinds(first: Entity, second: Entity) -> Iterable[Remark]:
    if first.refined and second.refined and not first.refined & second.refined:
        yield Remark("different kinds", -25, min(first.refined), min(second.refined))
    elif first.kind and second.kind and first.kind != second.kind:
        yield Remark("different kinds", -6, first.kind, second.kind)


def _days(first: Entity, second: Entity) -> Iterable[Remark]:
    if not (first.earliest and second.earliest):
        return
    one, other = (first.earliest, first.latest or first.earliest), (second.earliest, second.latest or second.earliest)
    alike = one[0] <= other[1] and other[0] <= one[1]
    yield Remark(
        "same time" if alike else "different times", 3 if alike else -25, _days_shown(*one), _days_shown(*other)
    )


def _days_shown(earliest: object, latest: object) -> str:
    return str(earliest) if earliest == latest else f"{earliest} – {latest}"


def _one(text: str) -> frozenset[str]:
    return frozenset([text]) if text else frozenset()


def _numbers(words: Iterable[Word]) -> list[str]:
    return sorted(word.key[1:] for word in words if word.is_number)


def _texts(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)
