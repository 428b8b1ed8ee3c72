"""The pairs that wait for a person: what the matcher finds and what sources say may be one, less what is decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph_app.database.tables import Decision
from graph_app.graph.store import Store
from loaders.aliases import in_effect
from loaders.decisions import DIFFERENT, LATER, SAME
from loaders.duplicates.entity import BODY, Entity
from loaders.duplicates.grounds import changed, grounds_of
from loaders.duplicates.holdings import UNDECIDED, Stated, decisions, entities
from loaders.duplicates.matching import LEAST, Candidate, Matcher, candidates

_HEAVY = -25.0  # points of a remark that only a person who insists may pass over


@dataclass(frozen=True)
class Waiting:
    """A candidate, what sources state about it, and what people decided about it so far.

    ``changed`` names what is known otherwise today than when they decided.
    """

    candidate: Candidate
    stated: Stated | None
    decision: Decision | None = None
    changed: tuple[str, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Whether it is said what the two are. People's word counts until what they rested on is another thing."""
        if self.decision is not None and self.decision.decision != LATER:
            return not self.changed
        return self.stated is not None and self.stated.decision != UNDECIDED

    @property
    def put_off(self) -> bool:
        """Whether somebody will decide later."""
        return self.decision is not None and self.decision.decision == LATER

    @property
    def needs_insistence(self) -> bool:
        """Whether only a person who insists may merge the two.

        Their hosts, countries, numbers or kinds are others, or somebody said that they are two.
        """
        pair = self.candidate
        body = BODY in pair.first.refined | pair.second.refined
        heavy = any(one.points <= _HEAVY or (body and one.against and "host" in one.what) for one in pair.remarks)
        apart = self.stated is not None and self.stated.decision != UNDECIDED
        return heavy or apart or (self.decision is not None and self.decision.decision == DIFFERENT)

    @property
    def offers_merging(self) -> bool:
        """Whether merging may be the first choice: nothing speaks against it and nobody asked to look closely."""
        decided_before = self.decision is not None and self.decision.decision == DIFFERENT
        return self.stated is None and not decided_before and self.candidate.offers_merging


def waiting(
    store: Store,
    *,
    label: str | None = None,
    among: Collection[str] | None = None,
    least: float = LEAST,
    decided: bool = False,
    people: Sequence[Decision] = (),
) -> list[Waiting]:
    """Return the pairs of the graph that may be one, the likeliest first, those that were put off last.

    Parameters
    ----------
    store
        The graph, only read.
    label
        Only entities with this label.
    among
        Ids, of which a pair must have one.
    least
        Pairs with a lower score are left out, unless a source names them.
    decided
        Also return pairs about which somebody has decided.
    people
        The decisions of people that hold, the oldest first.

    """
    known = list(entities(store))
    place_names = [name for entity in known if entity.label == "Place" for name in entity.names]
    wanted = [one for one in known if label is None or label == one.label or label in one.refined]
    found = candidates(wanted, among=among, least=least, place_names=place_names)
    stated = decisions(store)
    queue = [Waiting(one, stated.pop(frozenset((one.first.id, one.second.id)), None)) for one in found]
    by_id = {entity.id: entity for entity in wanted}
    queue += _named_by_sources(by_id, stated, among, Matcher(wanted, place_names))
    queue = with_people(queue, people, in_effect(store))
    return [one for one in queue if decided or not one.is_decided]


def with_people(queue: Iterable[Waiting], people: Sequence[Decision], merged: Mapping[str, str]) -> list[Waiting]:
    """Return ``queue`` in its order, each pair with the last decision about it, or about what was merged into it."""
    last: dict[frozenset[str], Decision] = {}
    for one in people:
        if one.decision != SAME:
            last[frozenset(merged.get(id_, id_) for id_ in one.pair)] = one
    found = [_decided(one, last.get(frozenset((one.candidate.first.id, one.candidate.second.id)))) for one in queue]
    return sorted(
        found,
        key=lambda one: (one.put_off, -one.candidate.score, one.candidate.first.id, one.candidate.second.id),
    )


def _decided(one: Waiting, decision: Decision | None) -> Waiting:
    if decision is None:
        return replace(one, decision=None, changed=())
    now = grounds_of(one.candidate.first), grounds_of(one.candidate.second)
    return replace(one, decision=decision, changed=changed(decision.evidence, now))


def _named_by_sources(
    by_id: Mapping[str, Entity],
    stated: Mapping[frozenset[str], Stated],
    among: Collection[str] | None,
    matcher: Matcher,
) -> list[Waiting]:
    """Return the pairs that a source speaks of and that the names alone did not bring up."""
    found = []
    for pair, said in stated.items():
        if pair <= by_id.keys() and (among is None or pair & {*among}):
            first, second = (by_id[id_] for id_ in sorted(pair))
            found.append(Waiting(matcher.compared(first, second), said))
    return found
