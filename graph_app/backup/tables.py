"""The application database in a backup: every row of every table as a line, whichever database keeps it.

One form for SQLite and PostgreSQL, so that a backup of one can be restored into the other, and into tables of an
earlier version. Who is signed in, and links that work once, are left out: what was ended since must not come back. So
are the bookmarks of a Neo4j cluster, which mean nothing in another one.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from graph_app.backup.manifest import Mark, Sum
from graph_app.database import Database
from graph_app.errors import N_, BackupError

_LEFT_OUT = frozenset({"alembic_version", "bookmarks", "sessions", "links"})
_OURS = frozenset({"installation", "graphs", "attempts"})  # have rows although nobody did anything
_BATCH = 500
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """Give a connection that sees one state of the database, however long it reads; others go on writing."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def revision(connection: Connection) -> str | None:
    """Return the number of the last migration; None if there are no tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def exist(database: Database) -> bool:
    """Return whether there are tables at all."""
    with snapshot(database) as connection:
        return revision(connection) is not None


def tables(connection: Connection) -> list[Table]:
    """Return the tables that a backup holds, those that others point to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in _LEFT_OUT]


def filled(connection: Connection) -> bool:
    """Return whether anybody has done anything in this database."""
    kept = (table for table in tables(connection) if table.name not in _OURS)
    return any(connection.execute(select(table).limit(1)).first() is not None for table in kept)


def lines(connection: Connection, table: Table, total: Sum) -> Iterator[str]:
    """Yield the rows of ``table`` as lines, and tell each to ``total``."""
    asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
    for row in connection.execute(asked).mappings():
        line = _encode({name: _packed(value) for name, value in sorted(row.items())})
        total.add(line)
        yield line


def mark(connection: Connection, table: Table) -> Mark:
    """Return the mark of the rows of ``table``."""
    total = Sum()
    for _ in lines(connection, table, total):
        pass
    return total.mark()


def fill(connection: Connection, table: Table, rows: Iterable[str]) -> None:
    """Put the ``rows``, which are lines, into ``table``.

    Raises
    ------
    BackupError
        If a line is no row of this table.

    """
    found = (_row(table, line) for line in rows)
    while batch := list(islice(found, _BATCH)):
        connection.execute(insert(table), batch)


def settled(connection: Connection) -> None:
    """Say that nobody is loading, and count on from the largest number where the database counts by itself."""
    for table in tables(connection):
        if table.name == "installation":
            connection.execute(table.update().values(holder=None, held_since=None))
        if connection.dialect.name == "postgresql":
            _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    for column in table.primary_key.columns:
        if sequence := connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name))):
            largest = connection.scalar(select(func.max(column)))
            if largest is not None:
                connection.execute(select(func.setval(sequence, largest)))


def _row(table: Table, line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
        return {name: _unpacked(table, name, value) for name, value in said.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = N_("The backup holds a row that is none of the table %(table)s. Nothing was changed.")
        raise BackupError(message, table=table.name) from error


def _packed(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    match value:
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            return {"moment": moment.replace(tzinfo=None).isoformat()}
        case bytes() | memoryview():
            return {"bytes": base64.b64encode(bytes(value)).decode()}
    return value


def _unpacked(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    column = table.columns[name]
    if isinstance(value, Mapping):
        [(kind, said)] = value.items()
        if kind == "bytes":
            return base64.b64decode(said, validate=True)
        moment = datetime.fromisoformat(said)
        return moment.replace(tzinfo=UTC) if getattr(column.type, "timezone", False) else moment
    if isinstance(value, list):
        raise TypeError(name)
    return value
