"""What can be said of a picture: who stands where, how steady that is, and what was left out of account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph_app.analysis.communities import Community, Division, communities, division
from graph_app.analysis.measures import LARGEST, MEASURES, Standing, deciding, standing, steadiness
from graph_app.graph.results import Node, Subgraph, Tie

Pairs = Sequence[tuple[str, str]]
_LISTED = 8  # entities of each measure
_DECIDING = 3  # single ties that are named
_UNSURE = frozenset({"reported", "inferred", "ambiguous"})


@dataclass(frozen=True)
class Row:
    """One entity under a measure: its place in ``Standing.names``, its rank, and its ranks in nine of ten tries."""

    id: str
    at: int
    rank: int
    low: int
    high: int


@dataclass(frozen=True)
class Finding:
    """What one measure says.

    ``first`` are those that are first, several if they are equal; ``steady`` in which share of the tries the first of
    them is still first. ``deciding`` are pairs without whose tie another would be first; None if that was not tried.
    """

    measure: str
    first: tuple[str, ...]
    steady: float
    rows: tuple[Row, ...]
    deciding: Pairs | None


@dataclass(frozen=True)
class Findings:
    """All of it, with the entities by id, and what it leaves out of account.

    Parameters
    ----------
    names
        The entities of the picture.
    how
        How they stand; None if nothing is tied or the picture is too large.
    findings
        One for each measure.
    rounds
        How often a tenth of the ties was left out.
    communities, division
        Who belongs together, and how much that says.
    pairs
        How many pairs are tied: several ties between two count once.
    undated
        How many of the ties have no known day.
    unsure
        How many of the ties are reported, inferred or ambiguous, not stated.
    open
        How many of the entities have neighbours that are not drawn.
    too_large
        Whether the picture has more entities than are measured.

    """

    names: Mapping[str, Node] = field(hash=False)
    how: Standing | None = None
    findings: tuple[Finding, ...] = ()
    rounds: int = 0
    communities: tuple[Community, ...] = ()
    division: Division | None = None
    pairs: int = 0
    undated: int = 0
    unsure: int = 0
    open: int = 0
    too_large: bool = False


def findings(found: Subgraph, hidden: Mapping[str, int]) -> Findings:
    """Return what the shape of ``found`` says; ``hidden`` has how many neighbours of each are not drawn."""
    nodes = {node.id: node for node in found.nodes}
    pairs = sorted({(min(tie.start, tie.end), max(tie.start, tie.end)) for tie in found.ties if tie.start != tie.end})
    if not pairs or len(nodes) > LARGEST:
        return Findings(nodes, too_large=len(nodes) > LARGEST)
    how, steady = standing(nodes, pairs), steadiness(nodes, pairs)
    told = []
    for measure in MEASURES:
        ranks = how.ranks(measure)
        order = sorted(range(len(ranks)), key=lambda at: (ranks[at], how.names[at]))[:_LISTED]
        low, high = steady.low[measure], steady.high[measure]
        rows = tuple(Row(how.names[at], at, int(ranks[at]), int(low[at]), int(high[at])) for at in order)
        first = tuple(row.id for row in rows if row.rank == 1)
        share = float(steady.first[measure][rows[0].at])
        told.append(Finding(measure, first, share, rows, _deciding(nodes, pairs, measure)))
    return Findings(
        nodes,
        how,
        tuple(told),
        steady.rounds,
        tuple(communities(nodes, pairs)),
        division(nodes, pairs),
        len(pairs),
        sum(not _is_dated(tie) for tie in found.ties),
        sum(str(tie.properties.get("certainty") or "reported") in _UNSURE for tie in found.ties),
        sum(hidden.get(id_, 0) > 0 for id_ in nodes),
    )


def _deciding(nodes: Mapping[str, Node], pairs: Pairs, measure: str) -> Pairs | None:
    found = deciding(nodes, pairs, measure)
    return None if found is None else tuple(found[:_DECIDING])


def _is_dated(tie: Tie) -> bool:
    return any(name.endswith(("_earliest", "_latest")) and value for name, value in tie.properties.items())
