"""Strokes that would lead over somebody else's disc are bent, so that nobody takes them for two."""

from typing import Any

import numpy as np

_NEAR = 26.0  # pixels from the middle of a disc


def bend(drawn: dict[str, Any]) -> None:
    """Say of each stroke of ``drawn``, as ``bent``, whether a third disc lies on the straight way."""
    names = [node["id"] for node in drawn["nodes"]]
    places = np.array([(node["x"], node["y"]) for node in drawn["nodes"]], dtype=float).reshape(-1, 2)
    at = {name: index for index, name in enumerate(names)}
    for edge in drawn["edges"]:
        start, end = at[edge["from"]], at[edge["to"]]
        way = places[end] - places[start]
        offset = places - places[start]
        share = np.clip(offset @ way / max(float(way @ way), 1.0), 0, 1)
        apart = np.hypot(*(offset - share[:, None] * way).T)
        apart[[start, end]] = np.inf
        edge["bent"] = bool(apart.min(initial=np.inf) < _NEAR)
