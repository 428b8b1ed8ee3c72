"""The pairs that wait for a person: what the matcher finds and what sources say may be one, less what is decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph_app.graph.store import Store
from loaders.duplicates.entity import Entity
from loaders.duplicates.holdings import UNDECIDED, Stated, decisions, entities
from loaders.duplicates.matching import LEAST, Candidate, Matcher, candidates


@dataclass(frozen=True)
class Waiting:
    """A candidate, and what is stated about it so far."""

    candidate: Candidate
    stated: Stated | None

    @property
    def is_decided(self) -> bool:
        """Whether somebody has said what the two are."""
        return self.stated is not None and self.stated.decision != UNDECIDED

    @property
    def offers_merging(self) -> bool:
        """Whether merging may be the first choice: nothing speaks against it and nobody asked to look closely."""
        return self.stated is None and self.candidate.offers_merging


def waiting(
    store: Store,
    *,
    label: str | None = None,
    among: Collection[str] | None = None,
    least: float = LEAST,
    decided: bool = False,
) -> list[Waiting]:
    """Return the pairs of the graph that may be one, the likeliest first.

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

    """
    known = list(entities(store))
    place_names = [name for entity in known if entity.label == "Place" for name in entity.names]
    wanted = [one for one in known if label is None or label == one.label or label in one.refined]
    found = candidates(wanted, among=among, least=least, place_names=place_names)
    stated = decisions(store)
    queue = [Waiting(one, stated.pop(frozenset((one.first.id, one.second.id)), None)) for one in found]
    by_id = {entity.id: entity for entity in wanted}
    queue += _named_by_sources(by_id, stated, among, Matcher(wanted, place_names))
    queue.sort(key=lambda one: (-one.candidate.score, one.candidate.first.id, one.candidate.second.id))
    return [one for one in queue if decided or not one.is_decided]


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
