"""Parties that leave by themselves: whether that ends the agreement, or only their part in it."""

from collections.abc import Collection, Iterable, Sequence

from graph_app.lifecycle.acts import Act
from graph_app.vocabulary import vocabulary

_FEWEST = 2  # parties without whom there is no agreement


def leaving(acts: Iterable[Act]) -> list[Act]:
    """Return the acts by which one party alone left."""
    known = vocabulary().acts
    return [act for act in acts if act.party and act.kind in known and known[act.kind].final]


def closing(acts: Sequence[Act], members: Collection[str]) -> list[Act]:
    """Return those closing acts that end the agreement of ``members``: of all, or of one that leaves fewer than two."""
    gone = leaving(acts)
    return [act for act in acts if act.party is None or len({*members} - _gone(gone, act)) < _FEWEST]


def _gone(acts: Iterable[Act], last: Act) -> set[str | None]:
    return {act.party for act in acts if act.position.latest <= last.position.latest}
