"""The dated acts, posts and ties of an entity in the order of their days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph_app.exploration.claims import Direction, Fact
from graph_app.exploration.profile import Profile
from graph_app.graph.results import Node

# The days of an entity or tie that make a moment, in the order in which the words of one day stand.
_DAYS = ("valid_from", "date", "drafted_on", "signed_on", "effective_on", "as_of", "valid_to", "ends_on", "due")
_MOVING = frozenset({"Agreement", "Event", "Appointment", "Commitment"})  # what has days of its own


@dataclass(frozen=True)
class Moment:
    """One dated thing: ``key`` is the property that holds the day, among ``properties`` of what it is the day of.

    ``node`` is what happened or began, tied to the entity by ``type`` and ``direction``; both are empty of the
    entity itself.
    """

    first: date
    key: str
    properties: Mapping[str, Any] = field(hash=False)
    node: Node
    type: str = ""
    direction: Direction = "out"


@dataclass(frozen=True)
class Timeline:
    """The moments, the earliest first, and the entities and ties of a kind that has days but of which none is known."""

    moments: tuple[Moment, ...]
    undated: int


def timeline(profile: Profile) -> Timeline:
    """Return the timeline of an entity: its own days, those of its ties, and of the acts and posts it is tied to.

    Several ties to one thing, such as the roles of one party, are one moment.
    """
    facts = [fact for group in profile.groups for fact in group.facts]
    found = {_key(one): one for one in reversed([*_own(profile.node), *_tied(facts)])}
    ordered = sorted(found.values(), key=lambda one: (one.first, _DAYS.index(one.key), one.node.id))
    dated = {one.node.id for one in found.values()}
    moving = {fact.other.id for fact in facts if _MOVING & set(fact.other.labels)}
    return Timeline(tuple(ordered), len(moving - dated))


def _key(moment: Moment) -> tuple[str, str, date]:
    return moment.node.id, moment.key, moment.first


def _own(node: Node) -> Iterator[Moment]:
    for key, first in _days(node.properties):
        yield Moment(first, key, node.properties, node)


def _tied(facts: Iterable[Fact]) -> Iterator[Moment]:
    for fact in facts:
        holders = [fact.tie.properties]
        if _MOVING & set(fact.other.labels):
            holders.append(fact.other.properties)
        for properties in holders:
            for key, first in _days(properties):
                yield Moment(first, key, properties, fact.other, fact.tie.type, fact.direction)


def _days(properties: Mapping[str, Any]) -> Iterator[tuple[str, date]]:
    for key in _DAYS:
        first = properties.get(f"{key}_earliest")
        if isinstance(first, date):
            yield key, first
