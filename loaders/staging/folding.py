"""One part after the other folded: into files for the import tool, and into rows of the ledger."""

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from graph_app.confidentiality import said_of
from graph_app.vocabulary import vocabulary
from loaders import entries
from loaders.deriving import twinned
from loaders.desired import claim_of
from loaders.differing import claimed_ties, evidence_ties
from loaders.facts import EntityClaim, RowFacts, TieClaim
from loaders.folding import Claim, fold
from loaders.following import SPEAKING, made_of
from loaders.gathering import Gathered, take
from loaders.importing import ImportFiles, Written, tie_of
from loaders.lifecycles import first_periods
from loaders.made import Made
from loaders.plan import Change, EntityChange, TieChange
from loaders.reading import Row
from loaders.resting import uncollected
from loaders.staging.spill import ACTED, ENTITIES, FACTS, TIES, Spill, spilled
from loaders.staging.task import Task


@dataclass(frozen=True)
class Folding:
    """A share of the folding: where its files go, by which run, without which rows, and when sources were published."""

    task: Task
    share: int
    files: Path
    run: str
    without: frozenset[int]
    published: Mapping[str, date] = field(hash=False)


@dataclass
class Folded:
    """What a share came to.

    Parameters
    ----------
    suspects
        Orders of the rows that may contradict others; with any, the rest is worth nothing.
    adding
        Orders of the rows that say something new.
    classes
        How many things of each label or type there are.
    speaking
        Things of which statuses and sister cities have to be asked of the graph, because the plan does not say all.
    statuses
        That agreements had.
    public
        Whether nothing says that it is not for everybody.
    written
        The files for the tool.
    digest
        Of the rows of the ledger.

    """

    suspects: set[int] = field(default_factory=set)
    adding: "array[int]" = field(default_factory=lambda: array("q"))
    classes: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    speaking: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    public: bool = True
    written: Written = field(default_factory=Written)
    digest: str = ""


def folded(asked: Folding) -> Folded:
    """Fold the parts of a share."""
    found, work = Folded(), _Work(asked)
    for part in asked.task.parts_of(asked.share):
        work.fold(part, found)
    found.written, found.digest = work.close()
    return found


class _Work:
    """The files that a share writes."""

    def __init__(self, asked: Folding) -> None:
        self._asked = asked
        self._files = ImportFiles(asked.files, f"{asked.share}-")
        self._rows = {kind: Spill(asked.task.folder, kind, asked.share, 1, plain=True) for kind in (ENTITIES, TIES)}

    @uncollected()
    def fold(self, part: int, found: Folded) -> None:
        """Fold one part."""
        gathered = self._gathered(part, found)
        if found.suspects:
            return
        changes = list(_entities(gathered, self._asked.published))
        entities = [change for change, _ in changes]
        ties = [tie for _, evidence in changes for tie in evidence]
        ties += claimed_ties(gathered.ties.values(), self._asked.published, {})
        self._keep(entities, ties, found)
        acted = {name for number, name in self._spilled(ACTED, part, plain=True) if number not in self._asked.without}
        made = {name: one for name, one in made_of(entities, ties).items() if name not in acted}
        self._derive(made.values(), found)
        found.speaking |= {one.id for one in entities if one.id.startswith(SPEAKING) and one.id not in made}

    def close(self) -> tuple[Written, str]:
        for spill in self._rows.values():
            spill.close()
        digest = hashlib.sha256()
        for kind in self._rows:
            path = self._asked.task.folder / f"{kind}-0-{self._asked.share}"
            digest.update(_digest(path))
        return self._files.written(), digest.hexdigest()

    def _gathered(self, part: int, found: Folded) -> Gathered:
        """Take the facts of a part row by row; what contradicts goes to the suspects, with all rows that say so."""
        gathered, facts = Gathered(), sorted(self._spilled(FACTS, part), key=itemgetter(0))
        for number, mine in groupby(facts, itemgetter(0)):
            if number in self._asked.without:
                continue
            row = row_of([fact for _, fact in mine])
            refused, taken = len(gathered.rejects), len(gathered.rows)
            take(row, gathered)
            if len(gathered.rejects) > refused:
                ids = {fact.id for fact in row.facts}
                found.suspects |= {other for other, fact in facts if fact.id in ids}
            elif gathered.rows[taken][1]:
                found.adding.append(number)
        gathered.rows.clear()
        return gathered

    def _keep(self, entities: Iterable[EntityChange], ties: Iterable[TieChange], found: Folded) -> None:
        for entity in entities:
            self._files.node(entity.labels, entity.after, entity.id)
            self._row(ENTITIES, entity, found)
        for tie in ties:
            self._files.tie(*tie_of(tie, self._asked.run))
            self._row(TIES, tie, found)

    def _row(self, kind: str, change: Change, found: Folded) -> None:
        self._rows[kind].add(0, tuple(entries.row_of(change).values()))
        found.classes[change.type if isinstance(change, TieChange) else _shown(change.labels)] += 1
        found.counts[kind] += 1
        found.public = found.public and not said_of(change.after)

    def _derive(self, made: Iterable[Made], found: Folded) -> None:
        made = list(made)
        periods = list(first_periods(made))
        found.statuses |= {row["end"] for row in periods}
        for type_, rows in (("TWINNED_WITH", twinned(made)), ("HAD_STATUS", periods)):
            for row in rows:
                self._files.tie(type_, row["start"], row["end"], row["properties"])

    def _spilled(self, kind: str, part: int, *, plain: bool = False) -> Iterator[Any]:
        return spilled(self._asked.task.folder, kind, part, self._asked.task.shares, plain=plain)


@cache
def _shown(labels: frozenset[str]) -> str:
    return vocabulary().shown(tuple(sorted(labels)))


def _digest(path: Path) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def row_of(facts: Iterable[EntityClaim | TieClaim]) -> RowFacts:
    """Return a row of which only some of the facts are there."""
    entities, ties = [], []
    for fact in facts:
        if isinstance(fact, TieClaim):
            ties.append(fact)
        else:
            entities.append(fact)
    return RowFacts("", Row(0, ()), (), tuple(entities), tuple(ties), {})


def _entities(gathered: Gathered, published: Mapping[str, date]) -> Iterator[tuple[EntityChange, list[TieChange]]]:
    claims: dict[str, list[Claim]] = {}
    for made in gathered.claims.values():
        claims.setdefault(made.id, []).append(claim_of(made, published, {}))
    for name, held in claims.items():
        item = fold(name, held)
        yield EntityChange(name, item.labels, frozenset(), None, item.properties), list(evidence_ties([item]))
