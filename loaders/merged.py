"""What an entity has besides its own because others were merged into it: ids, names, and whose label is whose."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph_app.keys import names_of
from loaders.aliases import FROM, IDS, OWN_LABELS
from loaders.facts import DEPRECATED

if TYPE_CHECKING:
    from loaders.folding import Claim

Labels = Mapping[str | None, frozenset[str]]


def united_by_merging(properties: Mapping[str, Any], claims: Sequence["Claim"]) -> dict[str, Any]:
    """Return the ids that were merged into an entity, and as aliases all names that it goes by since.

    Nothing, if none was. Names that only deprecated claims give are no aliases.
    """
    ids = sorted({claim.original for claim in claims if claim.original})
    if not ids:
        return {}
    main = {properties.get("name_fa"), properties.get("name_en")}
    standing = (claim for claim in claims if claim.rank != DEPRECATED)
    names = {*(properties.get("aliases") or ()), *(name for claim in standing for name in names_of(claim.properties))}
    others = sorted(names - main)
    return {IDS: ids, **({"aliases": others} if others else {})}


def labels_of(claims: Iterable["Claim"]) -> Labels:
    """Return the labels of the entity itself (None) and of each that was merged into it, as their claims give them."""
    found: dict[str | None, frozenset[str]] = defaultdict(frozenset)
    for claim in claims:
        found[claim.original] |= claim.labels
    return found


def merging_of(claim: "Claim", labels: Labels) -> dict[str, Any]:
    """Return what an evidence tie keeps for the day on which the merging is taken back: whose claim it is."""
    own, every = labels[claim.original], frozenset().union(*labels.values())
    kept = {OWN_LABELS: sorted(own)} if own != every else {}
    return {**({FROM: claim.original} if claim.original else {}), **kept}
