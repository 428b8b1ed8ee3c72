"""Where the members of opened groups stand: around the place of their stack, for which the others make room."""

import math
from collections.abc import Iterable, Mapping, Sequence

from graph_app.arrangement.groups import Group
from graph_app.layout import Point, positions

_RIM = 70.0  # pixels from the outermost member to what stands beside the group
_SHARE = 0.75  # of the way that would be needed if others stood in the middle of the group


def opened(places: Mapping[str, Point], groups: Sequence[Group], pairs: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return places with the members of ``groups`` in place of their stacks.

    Everything else moves away from each opened group in the direction in which it stands, by as much as the group is
    wide. So opening one turns nothing around, and closing it brings everything back.

    Parameters
    ----------
    places
        Id to (x, y) of everything, all groups being stacks.
    groups
        Those that are opened.
    pairs
        The two ends of every tie between entities.

    """
    ties = list(pairs)
    inside = {group.id: _inside(group, ties) for group in groups}
    radius = {id_: max(math.hypot(x, y) for x, y in inner.values()) for id_, inner in inside.items()}
    reach = {id_: _SHARE * (_RIM + far) for id_, far in radius.items()}
    moved = {name: _moved(name, places, reach) for name in places}
    found = {name: place for name, place in moved.items() if name not in inside}
    for id_, inner in inside.items():
        x, y = moved[id_]
        found |= {name: (x + dx, y + dy) for name, (dx, dy) in inner.items()}
    return found


def _inside(group: Group, pairs: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return the members around the origin."""
    members = set(group.members)
    found = positions([group.members], [pair for pair in pairs if members.issuperset(pair)])
    xs, ys = [x for x, _ in found.values()], [y for _, y in found.values()]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {name: (one - x, other - y) for name, (one, other) in found.items()}


def _moved(name: str, places: Mapping[str, Point], reach: Mapping[str, float]) -> Point:
    x, y = x0, y0 = places[name]
    for id_, far in reach.items():
        dx, dy = x0 - places[id_][0], y0 - places[id_][1]
        distance = math.hypot(dx, dy)
        if id_ != name and distance:
            x, y = x + far * dx / distance, y + far * dy / distance
    return x, y
