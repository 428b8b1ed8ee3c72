"""From what is drawn and a wish to the model of a picture: places, stacks, sizes and what lies under the discs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph_app.arrangement import groups, sizes, words
from graph_app.arrangement.bending import bend
from graph_app.arrangement.circular import circle
from graph_app.arrangement.countries import by_country
from graph_app.arrangement.geographic import on_map
from graph_app.arrangement.ground import Laid, Outline, as_json, bands, boxed, hull
from graph_app.arrangement.items import Item, located, plain
from graph_app.arrangement.layered import by_belonging, by_type
from graph_app.arrangement.opening import opened
from graph_app.arrangement.wish import MIRRORED, Arrangement
from graph_app.exploration import neighbourhood
from graph_app.exploration.geography import country_names
from graph_app.graph.results import Subgraph, Tie
from graph_app.graph.store import Store
from graph_app.layout import positions
from graph_app.picture import draw

Steps = Sequence[Sequence[str]]
Pairs = list[tuple[str, str]]


class _Arranged:
    """One picture while it is arranged."""

    def __init__(self, store: Store, found: Subgraph, kept: Subgraph, wish: Arrangement, language: str) -> None:
        self.store, self.wish, self.language = store, wish, language
        self.found, self.kept = found, kept
        needs = wish.group == "country" or wish.layout in {"country", "map"}
        items = located(store, self.kept.nodes) if needs else plain(self.kept.nodes)
        self.items: dict[str, Item] = {item.id: item for item in items}
        self.groups = groups.gathered(wish, items, _pairs(self.kept.ties))
        self.closed = [group for group in self.groups if not wish.opens(group.key)]
        self.home = groups.homes(self.closed)

    def laid(self, steps: Steps, file: Path) -> Laid:
        """Return the places of all that is to be seen, pins included."""
        if self.wish.layout == "organic" and not self.groups:
            pairs = _pairs(self.found.ties)
            return Laid(positions(steps, pairs, {id_: (pin.since, pin.place) for id_, pin in self.wish.pins.items()}))
        laid = self._organic(steps) if self.wish.layout == "organic" else self._ordered(file)
        pinned = {id_: pin.place for id_, pin in self.wish.pins.items() if id_ in laid.places}
        return replace(laid, places={**laid.places, **pinned})

    def _organic(self, steps: Steps) -> Laid:
        """Return places as springs find them for stacks, with the members of opened groups in place of theirs."""
        home = groups.homes(self.groups)
        order = [home.get(id_, id_) for step in steps for id_ in step if id_ in self.items]
        pairs = _pairs(self.kept.ties)
        places = positions([order], sorted({(home.get(one, one), home.get(other, other)) for one, other in pairs}))
        return Laid(opened(places, [group for group in self.groups if group not in self.closed], pairs))

    def _ordered(self, file: Path) -> Laid:
        shown = [item for item in self.items.values() if item.id not in self.home]
        shown += [groups.stack_of(group, self.items) for group in self.closed]
        ties = [_led(tie, self.home) for tie in self.kept.ties]
        match self.wish.layout:
            case "layers":
                return by_type(shown, _pairs(ties))
            case "parts":
                return by_belonging(shown, ties, _pairs(ties))
            case "circle":
                return circle(shown, _pairs(ties))
            case "country":
                return by_country(shown)
        return on_map(shown, file)

    def outlines(self, laid: Laid, names: Mapping[str, str], countries: dict[str, str]) -> list[Outline]:
        """Return a box around each part of the layout, without what is pinned, and a line around each opened group."""
        kept = [[id_ for id_ in ids if id_ not in self.wish.pins] or ids for _, ids in laid.parts]
        boxes = [boxed([laid.places[id_] for id_ in ids]) for ids in kept]
        boxes = bands(boxes) if self.wish.layout == "layers" else boxes
        found = [
            Outline(words.part(name, countries, self.language), len(ids), box)
            for (name, ids), box in zip(laid.parts, boxes, strict=True)
        ]
        return found + [
            Outline(names[group.id], len(group.members), hull([laid.places[id_] for id_ in group.members]), group.key)
            for group in self.groups
            if group not in self.closed
        ]

    def countries(self, laid: Laid) -> dict[str, str]:
        """Return what the countries are called of which groups and boxes speak."""
        codes = {group.key for group in self.groups if group.kind == "country"}
        codes |= {name for name, _ in laid.parts} if self.wish.layout == "country" else set()
        return country_names(self.store, codes, self.language)


def arranged(
    store: Store,
    found: Subgraph,
    kept: Subgraph,
    steps: Steps,
    hidden: Mapping[str, int],
    language: str,
    wish: Arrangement,
    file: Path,
) -> dict[str, Any]:
    """Return the model of the picture of ``kept`` as ``wish`` has it.

    Parameters
    ----------
    store
        The graph, asked for countries and positions where they are needed.
    found
        The entities of all steps and the ties among them.
    kept
        What of them is drawn. In the organic layout the others still keep it where it was.
    steps
        Ids in the order in which they came into the picture.
    hidden
        Id to the number of neighbours that are not in the picture.
    language
        ``en`` or ``fa``.
    wish
        How to arrange it.
    file
        The borders, for the map.

    """
    picture = _Arranged(store, found, kept, wish, language)
    laid = picture.laid(steps, file)
    home = picture.home
    evidence = neighbourhood.evidence(store, [node.id for node in kept.nodes])
    laid = replace(laid, places={id_: (round(x, 1), round(y, 1)) for id_, (x, y) in laid.places.items()})
    places = {node.id: laid.places[home.get(node.id, node.id)] for node in kept.nodes}
    drawn = draw(kept, places, hidden, language, evidence=evidence)
    sizes.sized(drawn, kept, wish.size, language)
    countries = picture.countries(laid)
    own = {node["id"]: node["name"] for node in drawn["nodes"]}
    names = {group.id: groups.name_of_group(group, countries, own, language) for group in picture.groups}
    facts = sum(edge["count"] for edge in drawn["edges"])
    drawn = groups.stacked(drawn, picture.closed, names, kept, language)
    if wish.layout != "organic":
        bend(drawn)
    ground = as_json(picture.outlines(laid, names, countries), laid, laid.places)
    told = _told(picture, laid, names) | {"inside": facts - sum(edge["count"] for edge in drawn["edges"])}
    return _mirrored(_marked({**drawn, "ground": ground, **told}, picture, names))


def _told(picture: _Arranged, laid: Laid, names: Mapping[str, str]) -> dict[str, Any]:
    wish = picture.wish
    listed = [
        {
            "key": group.key,
            "id": group.id,
            "name": names[group.id],
            "count": len(group.members),
            "open": group not in picture.closed,
        }
        for group in picture.groups
    ]
    side = wish.layout in MIRRORED and picture.language == "fa"
    told = {"layout": wish.layout, "mirrored": side, "groups": listed, "unplaced": [*laid.unplaced], "size": wish.size}
    return {**told, "size_name": words.SIZES[wish.size].in_language(picture.language) if wish.size else ""}


def _marked(drawn: dict[str, Any], picture: _Arranged, names: Mapping[str, str]) -> dict[str, Any]:
    """Say of each entity whether it is pinned, and in which opened group it is."""
    member = {id_: names[group.id] for group in picture.groups for id_ in group.members}
    for node in drawn["nodes"]:
        node |= {"pinned": node["id"] in picture.wish.pins, "gathered": member.get(node["id"], "")}
    return drawn


def _mirrored(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return the picture read from the right, if it is to be."""
    if not drawn["mirrored"]:
        return drawn
    for node in drawn["nodes"]:
        node["x"] = -node["x"]
    for outline in drawn["ground"]["outlines"]:
        outline["points"] = [(-x, y) for x, y in outline["points"]]
    return drawn


def _pairs(ties: Sequence[Tie]) -> Pairs:
    return sorted({(tie.start, tie.end) for tie in ties})


def _led(tie: Tie, home: Mapping[str, str]) -> Tie:
    """Return a tie as it is seen: from stack to stack where its ends are in stacks."""
    return Tie(tie.id, tie.type, home.get(tie.start, tie.start), home.get(tie.end, tie.end), tie.properties)
