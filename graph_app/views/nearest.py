"""Which neighbours of an entity stand for all of them, where there is room for a few."""

from collections.abc import Iterator

from graph_app.exploration.profile import Profile
from graph_app.views import filters


def nearest(profile: Profile) -> list[str]:
    """Return the neighbours of an entity, the first of each group of ties before the second of any."""
    groups = [[fact.other.id for fact in group.facts] for group in filters.telling_first(profile.groups)]
    return list(dict.fromkeys(_in_turn(groups)))


def _in_turn(lists: list[list[str]]) -> Iterator[str]:
    """Yield the first of each list, then the second of each, and so on."""
    for at in range(max(map(len, lists), default=0)):
        yield from (one[at] for one in lists if at < len(one))
