"""A subgraph as the model that vis-network draws, built by pyvis; our own template and script render it."""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from graph_app.confidentiality import SECRECY
from graph_app.exploration.claims import preference, telling, unsourced
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.layout import Point
from graph_app.text import is_rtl, isolate, persian_digits
from graph_app.vocabulary import Certainty, vocabulary

_LABEL_WIDTH = 22  # letters a line
_LABEL_LINES = 2
STROKES: Mapping[str, bool | list[int]] = {"solid": False, "dashed": [7, 5], "dotted": [2, 4], "sparse": [1, 9]}
_LIGHTER_STATES = frozenset({"proposed", "ended", "expired"})
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "multiselect": True, "keyboard": False, "tooltipDelay": 300},
    "edges": {"smooth": False},
}


def name_of(node: Node, language: str) -> str:
    """Return the name of an entity in ``language``, else in the other one, else its id."""
    first, second = ("name_fa", "name_en") if language == "fa" else ("name_en", "name_fa")
    return str(node.properties.get(first) or node.properties.get(second) or node.id)


def other_name_of(node: Node, language: str) -> str:
    """Return the name of an entity in the language that is not ``language``; empty if there is none."""
    other = str(node.properties.get("name_en" if language == "fa" else "name_fa") or "")
    return "" if other == name_of(node, language) else other


def state_of(status: str | None) -> str | None:
    """Return the badge for the status of an agreement; None if it has none."""
    found = vocabulary().statuses.get(status or "")
    return found.state if found else None


def draw(
    found: Subgraph,
    places: Mapping[str, Point],
    hidden: Mapping[str, int],
    language: str,
    *,
    evidence: Mapping[str, int | None] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return nodes, edges, options and legend of a picture, ready for JSON.

    Parameters
    ----------
    found
        The entities and the ties among them.
    places
        Id to (x, y) in pixels.
    hidden
        Id to the number of neighbours that are not in the picture.
    language
        ``en`` or ``fa``: the language of labels and legend.
    evidence
        Id to the number of sources that speak of an entity; None if none does.

    """
    from pyvis.network import Network  # noqa: PLC0415 - it imports IPython, 0.2 s that no other page should pay

    network = Network(directed=True)  # an undirected one drops parallel ties
    for node in found.nodes:
        shown = _node(node, places[node.id], hidden.get(node.id, 0), language)
        spoken = evidence.get(node.id, 0)
        network.add_node(node.id, **shown, sources=spoken or 0, unsourced=spoken is None)
    strokes = _strokes(found.ties)
    statuses = {node.id: node.properties.get("status") for node in found.nodes if "Agreement" in node.labels}
    for (start, end), facts in strokes.items():
        network.add_edge(start, end, **_edge(facts, statuses, language))
    nodes, edges, _heading, _height, _width, _options = network.get_network_data()
    legend = _legend(found, [fact for facts in strokes.values() for fact in facts], language)
    legend["tones"] = _tones(edges, language)
    return {"nodes": nodes, "edges": edges, "options": _OPTIONS, "legend": legend, "cut": found.cut}


def _node(node: Node, place: Point, hidden: int, language: str) -> dict[str, Any]:
    words = vocabulary()
    shown = words.shown(node.labels)
    label = words.labels[shown]
    name = name_of(node, language)
    group = bool(node.properties.get("is_group"))
    return {
        "label": _label(name, node.properties.get("group_size"), language),
        "shape": "image" if group else "circularImage",
        "image": f"/static/icons/white/{label.icon}.svg",
        "x": place[0],
        "y": place[1],
        "color": label.colour,
        "shown": shown,
        "type_name": label.in_language(language),
        "name": name,
        "other_name": other_name_of(node, language),
        "lang": "fa" if is_rtl(name) else "en",
        "is_group": group,
        "quotation": shown == "Statement",
        "deprecated": node.properties.get("rank") == "deprecated",
        "confidential": bool(node.properties.get(SECRECY)),
        "group_size": node.properties.get("group_size"),
        "hidden_count": hidden,
        "state": state_of(node.properties.get("status")) if shown == "Agreement" else None,
    }


def _label(name: str, size: int | None, language: str) -> str:
    """Return the name in at most two lines, fenced off where its script is not the page's; a group shows its size."""
    lines = textwrap.wrap(name, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …") or [name]
    if is_rtl(name) != (language == "fa"):
        lines = [isolate(line) for line in lines]
    if size:
        lines.append(persian_digits(f"×{size}") if language == "fa" else f"×{size}")
    return "\n".join(lines)


_Facts = list[list[Tie]]  # of one pair: facts, each as the parallel ties of the sources that claim it


def _strokes(ties: Sequence[Tie]) -> dict[tuple[str, str], _Facts]:
    """Return the facts by the pair they join, the surest first: a pair starts as one stroke."""
    pairs: dict[tuple[str, str], dict[tuple[Any, ...], list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in ties:
        pairs[min(tie.start, tie.end), max(tie.start, tie.end)][telling(tie)].append(tie)
    ordered: dict[tuple[str, str], _Facts] = {}
    for facts in pairs.values():
        claimed = [sorted(claims, key=preference) for claims in facts.values()]
        claimed.sort(key=_surest)
        ordered[claimed[0][0].start, claimed[0][0].end] = claimed
    return dict(sorted(ordered.items()))


def _surest(claims: Sequence[Tie]) -> tuple[bool, int, int, str, str]:
    best = claims[0]
    rank, certainty, _, _ = preference(best)
    return unsourced(best), rank, certainty, best.type, best.id


def _certainty(tie: Tie) -> Certainty:
    known = vocabulary().certainties
    return known.get(str(tie.properties.get("certainty")), known["reported"])


def _edge(facts: _Facts, statuses: Mapping[str, str | None], language: str) -> dict[str, Any]:
    words = vocabulary()
    first = facts[0][0]
    ties = [tie for claims in facts for tie in claims]
    stroke, sure = _sure(first, language)
    phrases = dict.fromkeys(words.phrase(tie.type, tie.properties.get("status"), language) for tie in ties)
    status = first.properties.get("status") or statuses.get(first.end) or statuses.get(first.start) or ""
    state = state_of(status)
    count = f"{len(facts)}" if len(facts) > 1 else ""
    return {
        "id": f"{first.start}→{first.end}",
        "arrows": "" if words.types[first.type].symmetric else "to",
        "dashes": STROKES[stroke],
        "label": persian_digits(count) if language == "fa" else count,
        "type": first.type,
        "phrase": ("، " if language == "fa" else ", ").join(phrases),
        "count": len(facts),
        "sources": len({tie.properties["source"] for tie in ties if tie.properties.get("source")}),
        "agreements": sorted({tie.properties["agreement"] for tie in ties if tie.properties.get("agreement")}),
        "tie_ids": [tie.id for tie in ties],
        "fact_ids": [claims[0].id for claims in facts],
        "certainty": sure,
        "stroke": stroke,
        "unsourced": unsourced(first),
        "state": state,
        "state_name": words.statuses[status].in_language(language) if state else "",
        "light": state in _LIGHTER_STATES,
        "derived": words.types[first.type].derived,
    }


def _sure(tie: Tie, language: str) -> tuple[str, str]:
    """Return the stroke of a tie and what it says: how sure the claim is, or that nobody vouches for it."""
    if unsourced(tie):
        return "sparse", vocabulary().words["unsourced"].in_language(language)
    return _certainty(tie).stroke, _certainty(tie).in_language(language)


def _tones(edges: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return why strokes of the picture are lighter than others."""
    reasons = {"lighter-state": "light", "lighter-derived": "derived"}
    return [
        {"name": vocabulary().words[word].in_language(language), "stroke": "solid", "light": True}
        for word, sign in reasons.items()
        if any(edge[sign] for edge in edges)
    ]


def _legend(found: Subgraph, facts: _Facts, language: str) -> dict[str, Any]:
    """Return what the picture's signs mean, each with how often it stands there."""
    words = vocabulary()
    labels = Counter(words.shown(node.labels) for node in found.nodes)
    strokes = Counter(_sure(claims[0], language) for claims in facts)
    order: list[tuple[str, str, str]] = [
        (value, word.stroke, word.in_language(language)) for value, word in words.certainties.items()
    ]
    order.append(("", "sparse", words.words["unsourced"].in_language(language)))
    states = Counter(state for node in found.nodes if (state := state_of(node.properties.get("status"))))
    return {
        "labels": [
            {"label": name, "name": label.many.in_language(language), "icon": label.icon, "colour": label.colour}
            | {"count": labels[name]}
            for name, label in words.labels.items()
            if labels[name]
        ],
        "certainties": [
            {"name": name, "value": value, "stroke": stroke, "count": strokes[stroke, name]}
            for value, stroke, name in order
            if strokes[stroke, name]
        ],
        "states": [
            {"name": word.in_language(language), "badge": word.badge, "colour": word.colour, "count": states[name]}
            for name, word in words.states.items()
            if states[name]
        ],
    }
