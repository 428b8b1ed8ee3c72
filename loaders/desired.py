"""What the graph should hold of the entities that a load speaks of, by all that is claimed about them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from graph_app.graph.store import Store
from loaders import current
from loaders.aliases import Aliases
from loaders.facts import EntityClaim, evidence_id, evidence_order
from loaders.folding import Claim, Folded, fold
from loaders.gathering import Gathered
from loaders.retiring import ClaimKey, Retired

_ISSUED = "issued_latest"
_Claims = dict[ClaimKey, Claim]


@dataclass(frozen=True)
class Desired:
    """The entities as they should be, as they are, and those of which nobody speaks any more."""

    folded: Mapping[str, Folded] = field(hash=False)
    present: Mapping[str, current.Present] = field(hash=False)
    emptied: tuple[str, ...] = ()


def desired(
    store: Store,
    gathered: Gathered,
    published: Mapping[str, date],
    going: Retired,
    joining: Collection[str],
    merged: Aliases,
) -> Desired:
    """Return what the graph should hold.

    Parameters
    ----------
    store
        The graph as it is.
    gathered
        What the rows claim.
    published
        When each source was published.
    going
        What is claimed no longer.
    joining
        Those of the claims that rows elsewhere made already: they keep their evidence.
    merged
        Under which id the graph keeps what was merged: there the claims about it go, and stay its own.

    """
    claims: dict[str, _Claims] = defaultdict(dict)
    ids = [*(merged.get(key[0], key[0]) for key in gathered.claims), *going.claims]
    present = current.entities(store, dict.fromkeys(ids))
    for entity, found in present.items():
        claims[entity] |= {claim.key: claim for claim in found.claims}
    for key, made in gathered.claims.items():
        claim, kept = claim_of(made, published, merged), merged.get(made.id, made.id)
        there = claims[kept].get(claim.key)
        if there and (name := evidence_id(*key)) in gathered.held:
            claim = _joined(there, claim, first=name in joining)
        claims[kept][claim.key] = claim
    for entity in going.claims:
        claims[entity] = going.folded_out(entity, claims[entity])
    folded = {entity: fold(entity, found.values()) for entity, found in claims.items() if found}
    return Desired(folded, present, tuple(entity for entity in present if not claims[entity]))


def claim_of(made: EntityClaim, published: Mapping[str, date], merged: Aliases) -> Claim:
    """Return a claim as it is folded, where sources were ``published`` on these days."""
    said, original = made.evidence, made.id if made.id in merged else None
    day = said.day(published)
    return Claim(said.source, said.mapping, made.labels, made.properties, said.properties, day, original)


def _joined(there: Claim, made: Claim, *, first: bool) -> Claim:
    """Return what rows of several files say together; the evidence is that which goes before the other."""
    properties = {**there.properties, **made.properties}
    evidence = min(there.evidence, made.evidence, key=evidence_order) if first else made.evidence
    return replace(made, labels=there.labels | made.labels, properties=properties, evidence=evidence)


def publication_days(store: Store, gathered: Gathered) -> dict[str, date]:
    """Return when the sources of a load were published, by the load itself or by the graph."""
    sources = {fact.evidence.source for row, _ in gathered.rows for fact in row.facts}
    sources |= {claim.evidence.source for claim in gathered.claims.values()}
    sources |= {tie.evidence.source for tie in gathered.ties.values()}
    days = current.publication_days(store, sorted(sources))
    for claim in gathered.claims.values():
        if claim.id in sources and _ISSUED in claim.properties:
            days[claim.id] = claim.properties[_ISSUED]
    return days


def republished(store: Store, gathered: Gathered) -> bool:
    """Return whether a source gets another day: then all that it says was reported on another day."""
    told = {claim.id: claim.properties.get(_ISSUED) for claim in gathered.claims.values() if "Source" in claim.labels}
    there = current.entities(store, told)
    return any(there[name].properties.get(_ISSUED) != day for name, day in told.items() if name in there)
