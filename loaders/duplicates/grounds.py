"""What a decision rests on: all that is known of both entities. If that is another thing later, it is asked again."""

from collections.abc import Iterable, Mapping
from typing import Any

from loaders.duplicates.entity import Entity

Grounds = dict[str, Any]  # as JSON can keep it


def grounds_of(entity: Entity) -> tuple[str, Grounds]:
    """Return the id of ``entity`` and all that was weighed of it, but for what is empty."""
    days = [day.isoformat() for day in (entity.earliest, entity.latest) if day]
    found: Grounds = {
        "name_fa": entity.name_fa,
        "name_en": entity.name_en,
        "aliases": sorted(entity.aliases),
        "kind": entity.kind,
        "labels": sorted(entity.refined),
        "country": entity.country,
        "places": sorted(entity.places),
        "hosts": sorted(entity.hosts),
        "codes": [list(code) for code in entity.codes],
        "days": days,
    }
    return entity.id, {name: item for name, item in found.items() if item}


def changed(then: Mapping[str, Grounds], now: Iterable[tuple[str, Grounds]]) -> tuple[str, ...]:
    """Return what of two entities is another thing than it was; what somebody was merged into counts whole."""
    names: set[str] = set()
    for id_, grounds in now:
        before = then.get(id_, {})
        names |= {name for name in before.keys() | grounds.keys() if before.get(name) != grounds.get(name)}
    return tuple(sorted(names))
