"""Search keys of a graph that was loaded by an earlier version, made anew from the names that it holds.

The graph knows by which version its keys were made. Nothing is written if that is the present one.
"""

from collections.abc import Iterator
from typing import Any

from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.graph.writer import BATCH, Writer
from graph_app.keys import KEYS, VERSION, names_of, search_keys
from loaders.statements import statement

_SECONDS = 60.0


def stale(store: Store) -> bool:
    """Return whether the graph holds entities whose keys an earlier version made."""
    version, filled = store.table(statement("keys_version")).rows[0]
    return bool(filled) and version != VERSION


def renew(store: Store) -> int:
    """Make the indexes and keys of the graph those of this version; return how many entities got other keys.

    Safe to run again and to break off: the version is written last.

    Raises
    ------
    StoreError
        If the server refuses or goes away.

    """
    if _version(store) == VERSION:
        return 0
    schema.apply(store)
    writer = Writer(store)
    changed = writer.rows(statement("write_keys"), _differing(store))
    writer.run(statement("write_keys_version"), {"version": VERSION})
    return changed


def _version(store: Store) -> int | None:
    version: int | None = store.table(statement("keys_version")).rows[0][0]
    return version


def _differing(store: Store) -> Iterator[dict[str, Any]]:
    for row in _entities(store):
        keys = search_keys(names_of(row))
        if any(row[name] != keys[name] for name in KEYS):
            yield {"id": row["id"], "keys": keys}


def _entities(store: Store) -> Iterator[dict[str, Any]]:
    after = ""
    while rows := list(store.table(statement("named"), {"after": after, "batch": BATCH}, rows=BATCH, seconds=_SECONDS)):
        yield from rows
        after = rows[-1]["id"]
