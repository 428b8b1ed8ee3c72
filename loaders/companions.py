"""Who else makes the claims that a load touches: rows that did not change, in these files and elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from loaders.absence import Missing, missing
from loaders.facts import Reject, RowFacts
from loaders.recognising import Recognition
from loaders.rows import RowRecord


@dataclass(frozen=True)
class Company:
    """Companions of the rows that changed, the claims that rows of other files or other loads make too.

    ``going`` has the rows that seem to be gone, by number, with their claims.
    """

    rows: tuple[RowFacts, ...] = ()
    held: frozenset[str] = frozenset()
    going: Mapping[int, tuple[str, ...]] = field(default_factory=dict, hash=False)


def company(recognition: Recognition, rows: Iterable[RowFacts], rejects: Iterable[Reject], *, partial: bool) -> Company:
    """Return who else makes the claims of ``rows`` and of the rows that are gone."""
    if recognition.known is None:
        return Company()
    records = list(map(recognition.record, rows))
    found = gone(recognition, records, rejects, partial=partial)
    going = {row.number: row.claims for one in found for row in one.gone}
    touched = {claim for record in records for claim in record.claims}.union(*going.values())
    lines, held = defaultdict[str, set[int]](set), set[str]()
    for row in recognition.known.holders(touched):
        if row.number not in going:
            if line := recognition.line_of(row):
                lines[row.table].add(line)
            else:
                held |= {*row.claims}
    rows_ = () if recognition.thorough else tuple(recognition.companions(lines, touched))
    return Company(rows_, frozenset(held), going)


def gone(
    recognition: Recognition, records: Iterable[RowRecord], rejects: Iterable[Reject], *, partial: bool
) -> list[Missing]:
    """Return what became of the rows that were not met, table by table."""
    by_table = defaultdict[str, list[RowRecord]](list)
    for record in records:
        by_table[record.table].append(record)
    refused = defaultdict[str, list[Reject]](list)
    for reject in rejects:
        refused[recognition.by_export[reject.file].table.file].append(reject)
    return [
        missing(table, by_table[name], refused[name], partial=partial) for name, table in recognition.tables.items()
    ]
