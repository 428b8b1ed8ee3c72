"""What a mapping says of syncing: which exports are whole, what becomes of absent rows, and where to stop and ask.

``export: full`` says that a file holds all rows there are: only then a row that is missing in it is absent.
``on_absent`` says what becomes of what only absent rows claim:

* ``tombstone`` it is set aside, as every claim is that is demoted and not deleted; it stands again when the row is back
* ``delete``    it is removed, and with it an entity of which nobody speaks any more
* ``keep``      it stays

``remember: no`` keeps the rows out of the ledger: they repeat what other files claim, so no claim rests on them.
"""

from typing import Literal

from pydantic import Field

from loaders.column_rules import Entry, Listed

ExportKind = Literal["full", "incremental"]
OnAbsent = Literal["tombstone", "delete", "keep"]
_Share = Field(default=None, ge=0, le=100)


class GuardRule(Entry):
    """What a load may do to one table without being asked about; shares are percent of its rows."""

    min_rows: int | None = Field(default=None, ge=0)
    max_absent_percent: float = Field(default=5, ge=0, le=100)
    max_reject_percent: float | None = _Share
    max_update_percent: float | None = _Share


class TableSync(Entry):
    """What a table says of syncing; where it says nothing, the mapping does.

    ``key`` are the columns that make a row the same row when the others change, together with its source. Without them
    a row with another end or source is another row.
    """

    key: Listed = ()
    export: ExportKind | None = None
    on_absent: OnAbsent | None = None
    guards: GuardRule | None = None


class MappingSync(Entry):
    """What a mapping says of syncing all of its tables."""

    export: ExportKind = "incremental"
    on_absent: OnAbsent = "tombstone"
    remember: bool = True
    guards: GuardRule = Field(default_factory=GuardRule)

    def whole(self, table: TableSync) -> bool:
        """Return whether a file of ``table`` holds all rows there are."""
        return (table.export or self.export) == "full"

    def absent(self, table: TableSync) -> OnAbsent:
        """Return what becomes of the claims of rows that are missing in a whole file of ``table``."""
        return table.on_absent or self.on_absent

    def guards_of(self, table: TableSync) -> GuardRule:
        """Return what a load of ``table`` may do without being asked about."""
        return table.guards or self.guards
