"""Rows that were loaded before and no longer stand, and whose claims therefore go, unless another row makes them too.

A row is gone if it says something else now, or if it is missing in a file that holds all rows there are. A row that
could not be loaded this time is not gone; where nobody can tell which one it was, no missing row of its table is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph_app.errors import PeyvandError
from loaders.columns import value
from loaders.facts import Reject, entity_id, evidence_id
from loaders.known import KnownRow
from loaders.recognising import TableRecognition
from loaders.rows import RowRecord


@dataclass(frozen=True)
class Missing:
    """The rows of one table that a load did not meet.

    Parameters
    ----------
    table, known
        The table, and how many rows of it were known.
    changed
        Rows in whose place another one stands now.
    absent
        Rows that are missing in a whole export: their claims go.
    kept
        How many rows are missing and stay, because the export is not whole or ``unsure``.
    unsure
        Whether rows were rejected of which nobody can tell which ones they are.
    deletes
        Whether what nobody claims any more is deleted; else it is set aside.

    """

    table: str
    known: int
    changed: tuple[KnownRow, ...]
    absent: tuple[KnownRow, ...]
    kept: int
    unsure: bool
    deletes: bool

    @property
    def gone(self) -> tuple[KnownRow, ...]:
        """The rows that no longer stand."""
        return *self.changed, *self.absent


def missing(
    table: TableRecognition, records: Collection[RowRecord], rejects: Iterable[Reject], *, partial: bool
) -> Missing:
    """Return what became of the rows of ``table`` that were not met.

    Parameters
    ----------
    table
        The table, all of whose rows were read.
    records
        Its rows that are new or say something else, and can be loaded.
    rejects
        Its rows that cannot be loaded.
    partial
        Whether the file is only a part of the export, whatever the mapping says.

    """
    mapping, rule = table.mapping, table.table
    subjects = {subject(reject, table) for reject in rejects} if len(table.known) else set()
    whole = mapping.whole(rule) and mapping.absent(rule) != "keep" and not partial
    identities = {record.identity for record in records}
    replaced = {record.claims[:1] for record in records} if whole else set()
    stays = {(one,) for one in subjects}
    changed, absent, kept = list[KnownRow](), list[KnownRow](), 0
    for row in table.unmet():
        if row.identity in identities or row.claims[:1] in replaced:
            changed.append(row)
        elif whole and None not in subjects and row.claims[:1] not in stays:
            absent.append(row)
        else:
            kept += 1
    unsure, deletes = whole and None in subjects, mapping.absent(rule) == "delete"
    return Missing(rule.file, len(table.known), tuple(changed), tuple(absent), kept, unsure, deletes)


def subject(reject: Reject, table: TableRecognition) -> str | None:
    """Return the first claim of a row that was rejected, if its first entity and its source can be read."""
    nodes, rule = table.table.nodes, table.table.evidence or table.mapping.evidence
    if not nodes or nodes[0].when or len(reject.row.cells) != len(table.columns):
        return None
    cells = dict(zip(table.columns, reject.row.cells, strict=True))
    key, source = (_read(cells, name, table) for name in (nodes[0].id, rule.source))
    if not key or not source:
        return None
    return evidence_id(entity_id(nodes[0].label, key), entity_id("Source", source), table.mapping.mapping)


def _read(cells: dict[str, str], name: str, table: TableRecognition) -> str | None:
    if name.startswith("="):
        return name[1:]
    try:
        found = value(cells[name], table.columns[name])
    except (PeyvandError, KeyError):
        return None
    return None if found is None else str(found)
