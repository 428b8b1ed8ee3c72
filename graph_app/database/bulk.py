"""Many rows of one table at once, given to the driver as they are: one statement, prepared once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, literal, select
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
    insert_tuples(session, table, columns, (tuple(map(row.__getitem__, columns)) for row in rows))


def insert_tuples(session: Session, table: type[Any], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert ``rows``, each with its values in the order of ``columns``. Parameters as for ``insert_all``."""
    connection = session.connection()
    made = insert(table.__table__).compile(dialect=connection.dialect, column_keys=list(columns))
    text, names, left = str(made), made.positiontup, iter(rows)
    order = [list(columns).index(name) for name in names or ()]
    same = order == list(range(len(columns)))
    while batch := list(islice(left, _BATCH)):
        if names:
            given: Any = batch if same else [tuple(row[place] for place in order) for row in batch]
        else:
            given = [dict(zip(columns, row, strict=True)) for row in batch]
        connection.exec_driver_sql(text, given)


@contextmanager
def unindexed(session: Session, table: type[Any]) -> Iterator[None]:
    """Put the indexes of an empty ``table`` off to the end of the ``with``: all at once they cost much less."""
    connection = session.connection()
    kept: Table = table.__table__
    empty = session.scalar(select(literal(1)).select_from(kept).limit(1)) is None
    indexes = list(kept.indexes) if empty else []
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
