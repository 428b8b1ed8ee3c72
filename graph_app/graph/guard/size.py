"""How large a value may be: an estimate that is added up where values are put together."""

from dataclasses import dataclass, replace

from graph_app.graph.guard.bounds import USUAL
from graph_app.graph.results import weight

GATHERED = 20  # how much more a collected value is thought to be than one of it; Neo4j counts that memory itself


@dataclass(frozen=True)
class Size:
    """An upper estimate of a value.

    Parameters
    ----------
    bytes
        All of it.
    items
        If it is a list: how many, at all levels.
    item
        The bytes of its largest item.
    gathered
        How many levels of it come from ``collect`` or a pattern, so that ``items`` is no bound there.
    inner
        How many items each of its items has; 0 if that is not known, and then it may be all of them.
    number, numbers
        Whether it is a number, or a list of numbers: what adds them up stays as large as one.

    """

    bytes: int = 8
    items: int = 1
    item: int = 8
    gathered: int = 0
    inner: int = 0
    number: bool = False
    numbers: bool = False

    def __or__(self, other: "Size") -> "Size":
        """Return the larger of both."""
        return Size(
            max(self.bytes, other.bytes),
            max(self.items, other.items),
            max(self.item, other.item),
            max(self.gathered, other.gathered),
            max(self.inner or self.items, other.inner or other.items),
            self.number and other.number,
            self.numbers and other.numbers,
        )

    def __add__(self, other: "Size") -> "Size":
        """Return both in one."""
        if self is NOTHING or other is NOTHING:
            return self if other is NOTHING else other
        larger = replace(self | other, number=False)
        return replace(larger, bytes=self.bytes + other.bytes, items=self.items + other.items)

    def joined(self, other: "Size") -> "Size":
        """Return both within one expression."""
        return self if self.number and other.number else self + other

    def times(self, factor: int) -> "Size":
        """Return a list of so many of these."""
        gathered = self.gathered + bool(self.gathered)
        return Size(self.bytes * factor, self.items * factor, self.bytes, gathered, numbers=self.number)

    def collected(self) -> "Size":
        """Return a list of these, of which nobody knows how many."""
        return Size(self.bytes * GATHERED, USUAL, self.bytes, self.gathered + 1, self.items, numbers=self.number)

    def member(self) -> "Size":
        """Return one item of this."""
        gathered = max(self.gathered - 1, 0)
        return Size(self.item, self.inner or self.items, self.item, gathered, number=self.numbers)

    @classmethod
    def of(cls, value: object) -> "Size":
        """Return that of a parameter, which is known."""
        size = weight(value)
        if isinstance(value, list | tuple):
            parts = [cls.of(one) for one in value]
            return cls(size, sum(one.items for one in parts), max((one.bytes for one in parts), default=8))
        return cls(size, len(value) if isinstance(value, str | dict) else 1, size)


NOTHING = Size(0, 0, 0)
NUMBER = Size(number=True)
UNKNOWN = Size(100, 20, 100)  # a node, a path, a property
