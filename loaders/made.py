"""An agreement that a load makes, known from its plan alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_JOINING = frozenset({"sister_city", "sister_city_plan"})
_PLACE = "place:"
_ROLES = ("party", "initiator", "prospective_counterpart")


@dataclass(frozen=True)
class Made:
    """A new agreement that nothing acts on.

    Parameters
    ----------
    id, properties
        Of the agreement.
    claims
        Each source that speaks of it, with the properties of its evidence.
    parties
        Each party with its role, once, in the order of the plan.

    """

    id: str
    properties: Mapping[str, Any] = field(hash=False)
    claims: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list, hash=False)
    parties: dict[tuple[str, str | None], None] = field(default_factory=dict, hash=False)

    @property
    def row(self) -> dict[str, Any]:
        """What the graph would say of it, as ``histories.cypher`` says it."""
        nothing: dict[str, Any] = {"acts": [], "signatures": [], "successors": [], "activity": [], "active_body": False}
        claims = [claim for claim in self.claims if claim[1].get("evidence_kind") is None]
        about = {"id": self.id, "properties": self.properties, "claims": claims, "parties": list(self.parties)}
        return {**about, **nothing}

    @property
    def twins(self) -> Iterator[tuple[str, str]]:
        """The places that it makes sister cities, as ``twinnings.cypher`` finds them."""
        if self.properties.get("kind") not in _JOINING or self.properties.get("is_group"):
            return
        if self.properties.get("rank") == "deprecated":
            return
        places = {
            role: sorted(id_ for id_, its in self.parties if its == role and id_.startswith(_PLACE)) for role in _ROLES
        }
        for number, start in enumerate(places["party"]):
            yield from ((start, end) for end in places["party"][number + 1 :])
        yield from ((start, end) for start in places["initiator"] for end in places["prospective_counterpart"])


@dataclass(frozen=True)
class Foretold:
    """What follows from a plan alone: of which agreements, and the ties and periods that are to be written.

    Both are empty where they are in the graph already.
    """

    agreements: frozenset[str] = frozenset()
    twinnings: Sequence[Mapping[str, Any]] = field(default=(), hash=False)
    periods: Sequence[Mapping[str, Any]] = field(default=(), hash=False)
