"""Discs whose size says a measure; colour stays the type."""

import math
from typing import Any

from graph_app.analysis.measures import LARGEST, Standing, standing
from graph_app.arrangement import words
from graph_app.graph.results import Subgraph

_LEAST, _MOST = 13.0, 36.0  # radius in pixels


def sized(drawn: dict[str, Any], found: Subgraph, measure: str, language: str) -> None:
    """Give each entity of ``drawn`` its size and, as ``measure``, what it says; nothing if no measure is asked for."""
    if not measure or not found.nodes or len(found.nodes) > LARGEST:
        return
    how = standing((node.id for node in found.nodes), ((tie.start, tie.end) for tie in found.ties))
    score = how.score(measure)
    most = float(score.max()) or 1.0
    at = {name: index for index, name in enumerate(how.names)}
    drawn["scores"] = {name: round(float(score[index]), 6) for name, index in at.items()}
    for node in drawn["nodes"]:
        index = at[node["id"]]
        share = math.sqrt(float(score[index]) / most)  # areas, not radii, are as the measure
        node["size"] = round(_LEAST + (_MOST - _LEAST) * share, 1)
        node["measure"] = said(how, measure, index, language)


def said(how: Standing, measure: str, index: int, language: str) -> str:
    """Return what the measure says of one entity, as short as a cell of a table."""
    if measure == "betweenness":
        return words.share(float(how.betweenness[index]), language)
    if measure == "closeness":
        reached = words.number(int(how.reached[index]), language)
        steps = words.decimal(float(how.steps[index]), language)
        return words.STEPS.in_language(language).format(steps=steps, reached=reached)
    return words.number(int(how.degree[index]), language)
