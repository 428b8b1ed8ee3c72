"""All that is claimed about one entity, folded into the one entity that the graph shows.

A property that several sources give gets the value of the best claim: the most certain, then the most recent, then
the first by source id, so that the order of loading never matters. Lists (other spellings of a name) are united.
The other values stay on the ``EVIDENCED_BY`` ties of their sources, under the property's own name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph_app.keys import names_of, search_keys
from graph_app.vocabulary import vocabulary
from loaders.facts import tie_id

OLDEST = date.min


@dataclass(frozen=True)
class Claim:
    """What one source says of one entity, by one mapping: properties, and the evidence as tie properties."""

    source: str
    mapping: str
    labels: frozenset[str]
    properties: Mapping[str, Any] = field(hash=False)
    evidence: Mapping[str, Any] = field(hash=False)
    reported_on: date | None

    @property
    def preference(self) -> tuple[int, date, str, str]:
        """Sorts claims from the least to the most believed."""
        rank = vocabulary().certainties[str(self.evidence["certainty"])].rank
        return (-rank, self.reported_on or OLDEST, _descending(self.source), self.mapping)


@dataclass(frozen=True)
class Folded:
    """One entity as the graph shows it, with one evidence tie per claim (tie id, source, properties)."""

    id: str
    labels: frozenset[str]
    properties: Mapping[str, Any] = field(hash=False)
    evidence: tuple[tuple[str, str, Mapping[str, Any]], ...] = field(hash=False)


def fold(entity: str, claims: Iterable[Claim]) -> Folded:
    """Return the entity that ``claims`` add up to, whatever their order."""
    ordered = sorted(claims, key=lambda claim: claim.preference)
    properties: dict[str, Any] = {"id": entity}
    for claim in ordered:
        for name, item in claim.properties.items():
            properties[name] = _united(properties.get(name), item)
    properties |= search_keys(names_of(properties))
    evidence = tuple(_evidence(entity, claim, properties) for claim in ordered)
    return Folded(entity, frozenset().union(*(claim.labels for claim in ordered)), properties, evidence)


def _descending(text: str) -> str:
    """Sort key that puts the first source by name last, where the most believed claim stands."""
    return "".join(chr(0x10FFFF - ord(character)) for character in text)


def _united(old: object, new: object) -> object:
    if isinstance(old, list) and isinstance(new, list):
        return sorted({*old, *new})
    return sorted(new) if isinstance(new, list) else new


def _evidence(entity: str, claim: Claim, kept: Mapping[str, Any]) -> tuple[str, str, Mapping[str, Any]]:
    differing = {n: v for n, v in claim.properties.items() if not isinstance(v, list) and v != kept[n]}
    listed = {n: sorted(v) for n, v in claim.properties.items() if isinstance(v, list) and sorted(v) != kept[n]}
    properties = {**claim.evidence, **differing, **listed, "properties": sorted(claim.properties)}
    if claim.reported_on:
        properties["reported_on"] = claim.reported_on
    made = tie_id("EVIDENCED_BY", entity, claim.source, claim.mapping, claim.source)
    return made, claim.source, {**properties, "id": made}
