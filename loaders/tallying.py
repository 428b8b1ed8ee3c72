"""What became of every row, read now or known before; and what the ledger is to keep of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from loaders.absence import Missing
from loaders.facts import Reject, evidence_id
from loaders.gathering import Gathered
from loaders.plan import Balance, TableCount
from loaders.recognising import Recognition, TableRecognition
from loaders.rows import RowRecord, RowWork

_OUTCOMES = ("created", "updated", "reformatted", "unchanged", "duplicate")
Outcomes = Sequence[tuple[str, str]]  # name of the file and what became of a row in it


def tally(
    recognition: Recognition, rejects: Collection[Reject], outcomes: Outcomes, lost: Iterable[Missing]
) -> tuple[Balance, tuple[TableCount, ...]]:
    """Return the balance of all rows, and the counts of each table.

    Parameters
    ----------
    recognition
        The rows that were read, and of which some were known.
    rejects
        Those that are not loaded.
    outcomes
        What became of those that were compared with the graph.
    lost
        What became of the known rows that were not met.

    """
    counts = Counter(outcome for _, outcome in outcomes)
    for table in recognition.tables.values():
        counts.update(table.counts)
    readings = [table.export.reading for table in recognition.tables.values()]
    blank = sum(reading.blank for reading in readings)
    tables = tuple(_table(recognition.tables[one.table], rejects, outcomes, one) for one in lost)
    balance = Balance(
        sum(reading.rows for reading in readings) + blank,
        **{name: counts[name] for name in _OUTCOMES},
        rejected=len(rejects),
        ignored=blank,
        known=sum(table.known for table in tables),
        met=sum(table.known.met for table in recognition.tables.values()),
        replaced=sum(table.replaced for table in tables),
        absent=sum(table.absent for table in tables),
        kept=sum(table.kept for table in tables),
    )
    return balance, tables


def _table(table: TableRecognition, rejects: Iterable[Reject], outcomes: Outcomes, missing: Missing) -> TableCount:
    name = table.export.name
    return TableCount(
        missing.table,
        table.export.reading.rows,
        sum(reject.file == name for reject in rejects),
        sum(file == name and outcome == "updated" for file, outcome in outcomes),
        missing.known,
        len(missing.changed),
        len(missing.absent),
        missing.kept,
        missing.unsure,
    )


def unclaimed(lost: Iterable[Missing], gathered: Gathered) -> dict[str, bool]:
    """Return the claims that no row makes any more, and whether each is to be deleted."""
    gone = {row.number for one in lost for row in one.gone}
    found = {claim: one.deletes for one in lost for row in one.gone for claim in row.claims}
    made = {evidence_id(*key) for key in gathered.claims} | gathered.ties.keys() | gathered.held
    made |= {claim for number, claims in gathered.going.items() if number not in gone for claim in claims}
    return {claim: deletes for claim, deletes in found.items() if claim not in made}


def row_work(
    recognition: Recognition, records: Iterable[RowRecord], lost: Iterable[Missing], held: Collection[str]
) -> RowWork:
    """Return what the ledger is to keep; rows whose claims are ``held`` after all still stand."""
    new: dict[tuple[str, bytes], RowRecord] = {}
    for record in records:
        if recognition.tables[record.table].new(record):
            new.setdefault((record.table, record.content), record)
    gone = {row.number: row.claims for one in lost for row in one.gone}
    standing = {number: claims for number, claims in gone.items() if held and not set(held).isdisjoint(claims)}
    noted = tuple(note for table in recognition.tables.values() for note in table.known.noted)
    met = tuple((name, table.known.met_numbers()) for name, table in recognition.tables.items() if len(table.known))
    return RowWork(tuple(new.values()), {n: c for n, c in gone.items() if n not in standing}, noted, met)
