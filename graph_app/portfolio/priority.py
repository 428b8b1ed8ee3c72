"""Which agreements come first: a score from what the graph shows, with weights that the reader sets and sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.portfolio.instruments import Instrument

WEIGHTS: Mapping[str, int] = {"bodies": 3, "events": 3, "subagreements": 2, "commitments": 2}
FULL = {"bodies": 1, "events": 4, "subagreements": 5}  # from how many on an input counts in full
MOST_WEIGHT = 10
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Scored:
    """One agreement with its score in 0..100 and, by input, what is recorded and how much of it counts (0..1)."""

    instrument: Instrument
    score: float
    recorded: Mapping[str, int] = field(hash=False)
    shares: Mapping[str, float] = field(hash=False)


def scored(
    store: Store, instruments: Iterable[Instrument], day: date, weights: Mapping[str, int] = WEIGHTS
) -> list[Scored]:
    """Return agreements by priority, the highest first.

    The score is the weighted mean of four shares: whether a body set up under it is active, its events of the last
    365 days (four count in full), the agreements under it (five count in full), and its commitments that are kept. An
    agreement without any commitment gets nothing for them, and the page says so.

    Parameters
    ----------
    store
        The graph.
    instruments
        What to rank; groups cannot be ranked and are left out.
    day
        The day on which it is asked.
    weights
        How much each input of ``WEIGHTS`` counts, 0 to 10.

    """
    ranked = {one.id: one for one in instruments if not one.is_group}
    asked = {"ids": sorted(ranked), "as_of": day, "since": day - _YEAR}
    rows = store.table(statement("portfolio/standing"), asked, rows=max(1, len(ranked)), seconds=20.0)
    found = [_scored(ranked[row["id"]], row, weights) for row in rows]
    return sorted(found, key=lambda one: (-one.score, one.instrument.id))


def _scored(one: Instrument, row: Mapping[str, int], weights: Mapping[str, int]) -> Scored:
    shares = {name: min(1.0, row[name] / full) for name, full in FULL.items()}
    shares["commitments"] = row["kept"] / row["promised"] if row["promised"] else 0.0
    total = sum(weights.values())
    score = 100 * sum(weights[name] * share for name, share in shares.items()) / total if total else 0.0
    recorded = {name: row[name] for name in (*FULL, "promised", "kept")}
    return Scored(one, score, recorded, shares)
