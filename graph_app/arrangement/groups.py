"""Entities gathered into stacks, by country or by community, and the ties between stacks as one stroke with a count."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_app.analysis.communities import communities
from graph_app.arrangement import words
from graph_app.arrangement.items import NOWHERE, SEVERAL, Item
from graph_app.arrangement.wish import Arrangement
from graph_app.graph.results import Subgraph
from graph_app.text import isolate, persian_digits
from graph_app.vocabulary import vocabulary

_NOT_ONE = frozenset({NOWHERE, SEVERAL})
_STACKS = "group"
_LETTERS = 22  # of a name on two lines, as of any label


@dataclass(frozen=True)
class Group:
    """Entities that can stand as one: ``key`` is a country's code or the id of the community's middle."""

    kind: str
    key: str
    members: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of its stack in the picture; no entity has one like it."""
        return f"{_STACKS}:{self.kind}:{self.key}"


def gathered(wish: Arrangement, items: Sequence[Item], pairs: Iterable[tuple[str, str]]) -> list[Group]:
    """Return the groups of at least two entities, the largest first."""
    if wish.group == "community":
        found = communities((item.id for item in items), pairs)
        return [Group("community", one.middle, one.members) for one in found]
    parts: dict[str, list[str]] = {}
    for item in items if wish.group == "country" else ():
        if item.country not in _NOT_ONE:
            parts.setdefault(item.country, []).append(item.id)
    groups = [Group("country", key, tuple(sorted(ids))) for key, ids in parts.items() if len(ids) > 1]
    return sorted(groups, key=lambda group: (-len(group.members), group.key))


def homes(groups: Iterable[Group]) -> dict[str, str]:
    """Return, for each member of a group, the id of the stack."""
    return {member: group.id for group in groups for member in group.members}


def stack_of(group: Group, items: Mapping[str, Item]) -> Item:
    """Return a group as layouts see it."""
    members = [items[id_] for id_ in group.members]
    country = members[0].country if len({item.country for item in members}) == 1 else SEVERAL
    label = "Country" if group.kind == "country" else items[group.key].label
    return Item(group.id, label, country, next((item.at for item in members if item.at), None))


def stacked(
    drawn: dict[str, Any], closed: Sequence[Group], names: Mapping[str, str], found: Subgraph, language: str
) -> dict[str, Any]:
    """Return the model of a picture in which each of ``closed`` is one stack; ``names`` has what each is called."""
    home = homes(closed)
    nodes = {node["id"]: node for node in drawn["nodes"]}
    stacks = [_stack(group, names[group.id], nodes, language) for group in closed]
    kept = [node for node in drawn["nodes"] if node["id"] not in home]
    sources = {tie.id: str(tie.properties.get("source") or "") for tie in found.ties}
    return {**drawn, "nodes": [*kept, *stacks], "edges": _merged(drawn["edges"], home, sources, language)}


def name_of_group(group: Group, countries: Mapping[str, str], names: Mapping[str, str], language: str) -> str:
    """Return what a group is called: its country, or the entity in its middle."""
    if group.kind == "country":
        return countries.get(group.key, group.key)
    return words.AROUND.in_language(language).format(name=names[group.key])


def _stack(group: Group, name: str, nodes: Mapping[str, dict[str, Any]], language: str) -> dict[str, Any]:
    members = [nodes[id_] for id_ in group.members]
    first = members[0]
    looks = vocabulary().labels["Country" if group.kind == "country" else nodes[group.key]["shown"]]
    size = f"×{len(members)}"
    short = name if len(name) <= 2 * _LETTERS else f"{name[: 2 * _LETTERS - 2]} …"
    types = Counter(node["type_name"] for node in members).most_common()
    listed = [{"id": node["id"], "name": node["name"], "type_name": node["type_name"]} for node in members]
    return {
        **dict.fromkeys(("state", "other_name"), ""),
        "id": group.id,
        "label": f"{isolate(short)}\n{persian_digits(size) if language == 'fa' else size}",
        "shape": "image",
        "image": f"/static/icons/white/{looks.icon}.svg",
        "x": first["x"],
        "y": first["y"],
        "color": looks.colour,
        "shown": first["shown"],
        "type_name": words.listed([f"{type_} ({words.number(count, language)})" for type_, count in types], language),
        "name": name,
        "lang": language,
        "is_group": True,
        "stack": group.key,
        "members": sorted(listed, key=lambda one: one["name"]),
        "group_size": len(members),
        "quotation": False,
        "deprecated": False,
        "unsourced": False,
        "sources": 0,
        "hidden_count": 0,
    }


def _merged(
    edges: Sequence[dict[str, Any]], home: Mapping[str, str], sources: Mapping[str, str], language: str
) -> list[dict[str, Any]]:
    """Return the strokes with those between the same two made one; what joins two of one stack is inside it."""
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for edge in edges:
        start, end = home.get(edge["from"], edge["from"]), home.get(edge["to"], edge["to"])
        if start != end:
            pairs.setdefault((min(start, end), max(start, end)), []).append({**edge, "from": start, "to": end})
    return [several[0] if len(several) == 1 else _one(several, sources, language) for several in pairs.values()]


def _one(edges: list[dict[str, Any]], sources: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return one stroke for several: it looks as the surest of them, and says and counts what all of them do."""
    edges = sorted(edges, key=lambda edge: (edge["unsourced"], _STROKES.index(edge["stroke"]), edge["id"]))
    count = sum(edge["count"] for edge in edges)
    ties = [id_ for edge in edges for id_ in edge["tie_ids"]]
    types = {edge["type"] for edge in edges}
    way = {(edge["from"], edge["to"]) for edge in edges if edge["arrows"]}
    one = edges[0] if not way else {**edges[0], "from": min(way)[0], "to": min(way)[1]}
    return {
        **one,
        "id": f"{one['from']}→{one['to']}",
        "arrows": "to" if len(way) == 1 and all(edge["arrows"] for edge in edges) else "",
        "label": words.number(count, language),
        "phrase": words.listed(list(dict.fromkeys(edge["phrase"] for edge in edges)), language),
        "type": one["type"] if len(types) == 1 else "",
        "count": count,
        "sources": len({sources[id_] for id_ in ties if sources.get(id_)}),
        "agreements": sorted({id_ for edge in edges for id_ in edge["agreements"]}),
        "tie_ids": ties,
        "fact_ids": [id_ for edge in edges for id_ in edge["fact_ids"]],
        "certainty": words.listed(list(dict.fromkeys(edge["certainty"] for edge in edges)), language),
        "state": one["state"] if len({edge["state"] for edge in edges}) == 1 else None,
        "state_name": words.listed(
            [name for name in dict.fromkeys(edge["state_name"] for edge in edges) if name], language
        ),
        "light": all(edge["light"] for edge in edges),
        "derived": all(edge["derived"] for edge in edges),
        "merged": len(edges),
    }


_STROKES = ("solid", "dashed", "dotted", "sparse")
