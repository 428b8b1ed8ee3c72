"""The part of an address that says how a picture is arranged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph_app.layout import Point

LAYOUTS = ("organic", "layers", "parts", "circle", "country", "map")
MIRRORED = frozenset({"layers", "parts", "circle", "country"})  # these are read from the start side
GROUPINGS = ("country", "community")
SIZES = ("degree", "betweenness", "closeness")
PARTS = ("layout", "pins", "group", "opened", "size")
EVERYTHING = "*"  # all groups are opened
_MOST, _FARTHEST = 1000, 100_000.0


@dataclass(frozen=True)
class Pin:
    """Where a reader put an entity, and how many steps the picture had then: later steps grow around it there."""

    place: Point
    since: int = 1


@dataclass(frozen=True)
class Arrangement:
    """What a reader wants.

    Parameters
    ----------
    layout
        One of ``LAYOUTS``.
    pins
        Id to pin. Places are in pixels; in a mirrored layout x grows towards the end of the line.
    group
        One of ``GROUPINGS``, or nothing.
    opened
        Keys of the groups that are opened; ``EVERYTHING`` among them opens all.
    size
        One of ``SIZES``, or nothing.

    """

    layout: str = "organic"
    pins: Mapping[str, Pin] = field(default_factory=dict, hash=False)
    group: str = ""
    opened: frozenset[str] = frozenset()
    size: str = ""

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> "Arrangement":
        """Return the wish in the fields of an address; what cannot be understood counts as not asked for."""
        layout, group, size = (values.get(name, "") for name in ("layout", "group", "size"))
        return cls(
            layout if layout in LAYOUTS else LAYOUTS[0],
            dict(_pins(values.get("pins", ""))),
            group if group in GROUPINGS else "",
            frozenset(key for key in values.get("opened", "").split(",") if key),
            size if size in SIZES else "",
        )

    def opens(self, key: str) -> bool:
        """Whether the group ``key`` is opened."""
        return EVERYTHING in self.opened or key in self.opened


def _pins(text: str) -> Iterator[tuple[str, Pin]]:
    for part in text.split(",")[:_MOST]:
        id_, *numbers = part.rsplit("~", 3)
        try:
            x, y, since = map(int, numbers)
        except ValueError:
            continue
        if id_ and max(abs(x), abs(y)) <= _FARTHEST and since >= 0:
            yield id_, Pin((float(x), float(y)), since)
