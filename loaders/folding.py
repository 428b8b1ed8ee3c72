"""All that is claimed about one entity, folded into the one entity that the graph shows.

A property that several sources give gets the value of the best claim: the preferred rank, then the most certain, then
the most recent, then the first by source id, so that the order of loading never matters. A deprecated claim never
wins: what nobody else says is not on the entity. Lists (other spellings of a name) are united. The other values stay
on the ``EVIDENCED_BY`` ties of their sources, under the property's own name; ``differs`` names those that contradict.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph_app.keys import names_of, search_keys
from graph_app.vocabulary import vocabulary
from loaders.facts import DEPRECATED, evidence_id, shared
from loaders.merged import Labels, labels_of, merging_of, united_by_merging

OLDEST = date.min
_WRITTEN = "_written"
_BOUNDS = ("_earliest", "_latest")


@dataclass(frozen=True)
class Claim:
    """What one source says of one entity, by one mapping: properties, and the evidence as tie properties.

    ``original`` is the id that the files give the entity, where it was merged into the one that the graph keeps.
    """

    source: str
    mapping: str
    labels: frozenset[str]
    properties: Mapping[str, Any] = field(hash=False)
    evidence: Mapping[str, Any] = field(hash=False)
    reported_on: date | None
    original: str | None = None

    @property
    def key(self) -> tuple[str | None, str, str]:
        """What tells it from the other claims about the entity: whose it is, by whom, and by which mapping."""
        return self.original, self.source, self.mapping

    @property
    def rank(self) -> str:
        """The rank that people or loads gave it."""
        return str(self.evidence.get("rank", "normal"))

    @property
    def preference(self) -> tuple[int, int, date, str, str]:
        """Sorts claims from the least to the most believed."""
        words = vocabulary()
        sure = words.certainties[str(self.evidence["certainty"])].rank
        order = words.ranks[self.rank].order
        return (-order, -sure, self.reported_on or OLDEST, _descending(self.source), self.mapping)


@dataclass(frozen=True)
class Folded:
    """One entity as the graph shows it, with one evidence tie per claim (tie id, source, properties)."""

    id: str
    labels: frozenset[str]
    properties: Mapping[str, Any] = field(hash=False)
    evidence: tuple[tuple[str, str, Mapping[str, Any]], ...] = field(hash=False)


def fold(entity: str, claims: Iterable[Claim]) -> Folded:
    """Return the entity that ``claims`` add up to, whatever their order.

    An entity of which nobody but deprecated claims speaks is ``rank: deprecated`` itself, and no search finds it.
    """
    ordered = _ordered(claims)
    properties = _facts(entity, ordered)
    standing = any(claim.rank != DEPRECATED for claim in ordered)
    properties |= search_keys(names_of(properties) if standing else [])
    labels = labels_of(ordered)
    evidence = tuple(_evidence(entity, claim, properties, labels) for claim in ordered)
    return Folded(entity, shared(frozenset().union(*labels.values())), properties, evidence)


def facts(entity: str, claims: Iterable[Claim]) -> tuple[frozenset[str], dict[str, Any]]:
    """Return the labels and properties of the entity that ``claims`` add up to, without its search keys."""
    ordered = _ordered(claims)
    return frozenset().union(*labels_of(ordered).values()), _facts(entity, ordered)


def _ordered(claims: Iterable[Claim]) -> list[Claim]:
    """Return ``claims`` from the least to the most believed."""
    ordered = list(claims)
    if len(ordered) > 1:
        ordered.sort(key=lambda claim: (*claim.preference, *_nearness(claim)))
    return ordered


def _facts(entity: str, ordered: Sequence[Claim]) -> dict[str, Any]:
    standing = [claim for claim in ordered if claim.rank != DEPRECATED]
    properties: dict[str, Any] = {"id": entity}
    for claim in standing or ordered:
        _overlay(properties, claim.properties)
    if standing:
        _name(properties, ordered)
    else:
        properties["rank"] = DEPRECATED
    return properties | united_by_merging(properties, ordered)


def _nearness(claim: Claim) -> tuple[bool, str]:
    """Sort key that puts the claims of the entity itself above those of entities that were merged into it."""
    return claim.original is None, _descending(claim.original or "")


def _descending(text: str) -> str:
    """Sort key that puts the first source by name last, where the most believed claim stands."""
    return "".join(chr(0x10FFFF - ord(character)) for character in text)


def _overlay(properties: dict[str, Any], given: Mapping[str, Any]) -> None:
    """Put ``given`` over ``properties``; a date replaces a date whole, never the day of one by the year of another."""
    for stem in _stems(given):
        for part in (_WRITTEN, *_BOUNDS):
            properties.pop(f"{stem}{part}", None)
    for name, item in given.items():
        properties[name] = _united(properties.get(name), item)


def _stems(given: Mapping[str, Any]) -> list[str]:
    return [name.removesuffix(_WRITTEN) for name in given if name.endswith(_WRITTEN)]


def _united(old: object, new: object) -> object:
    if isinstance(old, list) and isinstance(new, list):
        return sorted({*old, *new})
    return sorted(new) if isinstance(new, list) else new


def _name(properties: dict[str, Any], ordered: Iterable[Claim]) -> None:
    """Give an entity that no standing claim names its deprecated name: it has to be called something."""
    if not names_of(properties):
        for claim in ordered:
            properties |= {n: v for n, v in claim.properties.items() if n in {"name_fa", "name_en"}}


def _evidence(entity: str, claim: Claim, kept: Mapping[str, Any], labels: Labels) -> tuple[str, str, Mapping[str, Any]]:
    own = {name: sorted(v) if isinstance(v, list) else v for name, v in claim.properties.items()}
    differing = {name for name, item in own.items() if item != kept.get(name)}
    for stem in _stems(own):
        parts = {f"{stem}{part}" for part in (_WRITTEN, *_BOUNDS)} & own.keys()
        differing |= parts if parts & differing else set()
    properties = {**claim.evidence, **{n: own[n] for n in differing}, "properties": sorted(own)}
    if contradicting := _contradicting(own, differing, kept):
        properties["differs"] = contradicting
    if claim.reported_on:
        properties["reported_on"] = claim.reported_on
    made = evidence_id(claim.original or entity, claim.source, claim.mapping)
    return made, claim.source, {**properties, **merging_of(claim, labels), "id": made}


def _contradicting(own: Mapping[str, Any], differing: set[str], kept: Mapping[str, Any]) -> list[str]:
    """Return the properties with another value; lists add up, and a day is the same day in either calendar."""
    dated = {f"{stem}{part}": stem for stem in _stems(own) for part in (_WRITTEN, *_BOUNDS)}
    plain = {name for name in differing - dated.keys() if not isinstance(own[name], list)}
    dates = {dated[name] for name in differing & dated.keys() if not _same_day(own, kept, dated[name])}
    return sorted(plain | dates)


def _same_day(own: Mapping[str, Any], kept: Mapping[str, Any], stem: str) -> bool:
    bounds = [(found.get(f"{stem}_earliest"), found.get(f"{stem}_latest")) for found in (own, kept)]
    return bounds[0] == bounds[1] and bounds[0][0] is not None
