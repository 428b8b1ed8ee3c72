"""How many duplicates of ``records.csv`` are among the three best candidates of each record, and what else is.

    python tests/data/duplicates/measure.py [dev|held-out]

Rules and words of the matcher are made by looking at the pairs of the dev half alone; the totals of the other half were
seen while they were made, so its figures flatter a little.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.duplicates.entity import Entity
from loaders.duplicates.matching import Candidate, candidates

RECORDS = Path(__file__).resolve().with_name("records.csv")
ANOTHER = "another name"  # no spelling leads from one to the other; counted apart
_BEST = 3


@dataclass
class Figures:
    """What was counted: duplicates and those found, by set and variation; candidates; offers to merge; right ones."""

    half: str
    records: int
    duplicates: Counter[tuple[str, str]]
    found: Counter[tuple[str, str]]
    proposed: int = 0
    right: int = 0
    offered: int = 0
    offered_rightly: int = 0

    def recall(self, *, with_other_names: bool = False) -> float:
        """Return the share of duplicates that is found; of those that are spelt otherwise, or of all."""
        kinds = [kind for kind in self.duplicates if with_other_names or kind[1] != ANOTHER]
        return sum(self.found[kind] for kind in kinds) / sum(self.duplicates[kind] for kind in kinds)

    @property
    def precision(self) -> float:
        """The share of candidates that are right."""
        return self.right / self.proposed

    @property
    def per_record(self) -> float:
        """How many candidates a record has on average."""
        return self.proposed / self.records


def figures(half: str) -> Figures:
    """Return the figures of one half."""
    with RECORDS.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["half"] == half]
    made = Figures(half, len(rows), Counter(), Counter())
    place_names = [name for row in rows if row["label"] == "Place" for name in (row["name_fa"], row["name_en"])]
    for name in sorted({row["set"] for row in rows}):
        mine = [row for row in rows if row["set"] == name]
        _count(made, mine, candidates(_entities(mine), place_names=filter(None, place_names)))
    return made


def _entities(rows: Sequence[dict[str, str]]) -> Iterator[Entity]:
    for number, row in enumerate(rows):
        names = {"name_fa": row["name_fa"], "name_en": row["name_en"], "kind": row["kind"]}
        places = frozenset(filter(None, [row["place"]]))
        yield Entity(str(number), row["label"], **names, country=row["country"], places=places)


def _count(made: Figures, rows: Sequence[dict[str, str]], found: Sequence[Candidate]) -> None:
    best: dict[str, list[bool]] = defaultdict(list)
    for one in found:
        right = rows[int(one.first.id)]["truth"] == rows[int(one.second.id)]["truth"]
        made.offered += one.offers_merging
        made.offered_rightly += one.offers_merging and right
        best[one.first.id].append(right)
        best[one.second.id].append(right)
    for number, row in enumerate(rows):
        mine = best[str(number)][:_BEST]
        made.proposed += len(mine)
        made.right += sum(mine)
        if row["variation"] != "base":
            made.duplicates[row["set"], row["variation"]] += 1
            made.found[row["set"], row["variation"]] += any(mine)


def main() -> None:
    """Print the figures."""
    made = figures(sys.argv[1] if len(sys.argv) > 1 else "held-out")
    print(f"{'set':14} {'variation':18} {'found':>5} of")
    for kind in sorted(made.duplicates):
        name, variation = kind
        share = made.found[kind] / made.duplicates[kind]
        print(f"{name:14} {variation:18} {made.found[kind]:5} {made.duplicates[kind]:5}  {share:.3f}")
    print(f"recall {made.recall():.4f}, with other names {made.recall(with_other_names=True):.4f}")
    print(f"precision {made.precision:.3f} at {made.per_record:.2f} candidates a record of {made.records}")
    print(f"merging is the first choice for {made.offered} pairs, rightly for {made.offered_rightly}")


if __name__ == "__main__":
    main()
