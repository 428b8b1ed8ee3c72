"""An entity as programs read it: its properties, and its ties with the sources that state them."""

from collections.abc import Mapping
from typing import Any

from graph_app.exploration.claims import EVIDENCE, Fact, Group
from graph_app.exploration.profile import Profile
from graph_app.graph.results import Node, as_json
from graph_app.picture import name_of, other_name_of
from graph_app.text import is_rtl
from graph_app.views import language
from graph_app.vocabulary import vocabulary

_OF_THE_SEARCH = frozenset({"id", "search", "squashed", "sounds"})


def record(found: Profile) -> dict[str, Any]:
    """Return everything known of an entity but the claims behind it, which its history has."""
    words, reader = vocabulary(), language()
    shown = words.shown(found.node.labels)
    named = _named(found.node)
    return {
        **named,
        "label": shown,
        "label_name": words.labels[shown].in_language(reader),
        "other_name": other_name_of(found.node, reader),
        "lang": "fa" if is_rtl(named["name"]) else "en",
        "properties": _plain(found.node.properties, _OF_THE_SEARCH),
        "ties": [_tie(group, fact) for group in found.groups for fact in group.facts],
        "cut": found.cut,
    }


def _tie(group: Group, fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.tie.id,
        "type": group.type,
        "phrase": vocabulary().types[group.type].phrase.in_language(language()),
        "direction": group.direction,
        "other": _named(fact.other),
        "properties": _plain(fact.tie.properties, EVIDENCE),
        "sources": sorted({claim.source.id for claim in fact.claims if claim.source}),
    }


def _named(node: Node) -> dict[str, Any]:
    return {"id": node.id, "labels": list(node.labels), "name": name_of(node, language())}


def _plain(properties: Mapping[str, Any], without: frozenset[str]) -> dict[str, Any]:
    return {name: as_json(value) for name, value in sorted(properties.items()) if name not in without}
