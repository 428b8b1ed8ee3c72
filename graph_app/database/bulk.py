"""Many rows of one table at once, given to the driver as they are: one statement, prepared once."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

_BATCH = 1000


def insert_all(session: Session, table: type[Any], columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert ``rows`` into ``table`` within the transaction of ``session``.

    Parameters
    ----------
    session
        The open transaction; what was added to it before has to be flushed.
    table
        The class of the table.
    columns
        The columns that every row has.
    rows
        What to insert, read a batch at a time; each value as the database keeps it, so that a document is its text.

    """
    connection = session.connection()
    made = insert(table.__table__).compile(dialect=connection.dialect, column_keys=list(columns))
    text, names, left = str(made), made.positiontup, iter(rows)
    while batch := list(islice(left, _BATCH)):
        connection.exec_driver_sql(text, [tuple(map(row.__getitem__, names)) for row in batch] if names else batch)
