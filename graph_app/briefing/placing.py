"""How each entity stands in the picture: where, in which group, and what the measure says; in a stack, as the stack."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_app.briefing.content import Briefing


@dataclass(frozen=True)
class Placed:
    """Place in pixels, whether it is pinned, its group, and its measure as a number and in words."""

    x: float
    y: float
    pinned: bool
    group: str = ""
    score: float | None = None
    measure: str = ""


def placed(made: Briefing) -> Mapping[str, Placed]:
    """Return how each entity of the picture stands in it, by its id."""
    found: dict[str, Placed] = {}
    for node in made.drawn["nodes"]:
        group = node["name"] if node.get("members") else node.get("gathered", "")
        for id_ in [one["id"] for one in node.get("members", ())] or [node["id"]]:
            score = made.drawn.get("scores", {}).get(id_)
            told = str(node.get("measure") or ("" if score is None else score))
            found[id_] = Placed(float(node["x"]), float(node["y"]), bool(node.get("pinned")), group, score, told)
    return found
