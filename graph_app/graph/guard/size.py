"""How large a value may be: an estimate that is added up where values are put together."""

from dataclasses import dataclass

from graph_app.graph.results import weight


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

    """

    bytes: int = 8
    items: int = 1
    item: int = 8
    gathered: int = 0

    def __or__(self, other: "Size") -> "Size":
        """Return the larger of both."""
        return Size(
            max(self.bytes, other.bytes),
            max(self.items, other.items),
            max(self.item, other.item),
            max(self.gathered, other.gathered),
        )

    def __add__(self, other: "Size") -> "Size":
        """Return both in one."""
        larger = self | other
        return Size(self.bytes + other.bytes, self.items + other.items, larger.item, larger.gathered)

    def times(self, factor: int) -> "Size":
        """Return a list of so many of these."""
        return Size(self.bytes * factor, self.items * factor, self.bytes, self.gathered + bool(self.gathered))

    def member(self) -> "Size":
        """Return one item of this."""
        return Size(self.item, self.items, self.item, max(self.gathered - 1, 0))

    @classmethod
    def of(cls, value: object) -> "Size":
        """Return that of a parameter, which is known."""
        size = weight(value)
        if isinstance(value, list | tuple):
            parts = [cls.of(one) for one in value]
            return cls(size, sum(one.items for one in parts), max((one.bytes for one in parts), default=8))
        return cls(size, len(value) if isinstance(value, str | dict) else 1, size)


NOTHING = Size(0, 0, 0)
UNKNOWN = Size(100, 20, 100)  # a node, a path, a property
