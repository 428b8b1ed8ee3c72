"""Edits as files of their mapping: one edit on its way into the graph, or all that stand, to be loaded anew."""

import csv
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from pathlib import Path

from graph_app.editing.rows import Row, Tables
from graph_app.uploads.shelf import Shelf
from loaders.mapping import MAPPINGS, MappingFile, load

MAPPING = "edits"
TEXTS = "texts"  # the mapping of what is taken from texts
PREFIXES: Mapping[str, str] = {MAPPING: "edit-", TEXTS: "text-"}  # of the files of each
_MOST = 4_000_000  # bytes of one file


def mapping(name: str = MAPPING) -> MappingFile:
    """Return the mapping by which edits are loaded, or the one called ``name``."""
    return load(MAPPINGS / f"{name}.yaml")


def file_of(table: str, by: str = MAPPING) -> str:
    """Return the name of the file of ``table`` in the mapping ``by``."""
    return f"{PREFIXES[by]}{table}.csv"


def shelved(shelf: Shelf, key: str, tables: Tables, by: str = MAPPING) -> tuple[str, ...]:
    """Keep the files of one edit by the mapping ``by`` on ``shelf`` and return where they are."""
    texts = written(tables, by)
    kept = {name: shelf.keep(BytesIO(text.encode()), name, _MOST) for name, text in texts.items()}
    folder = shelf.folder(key, kept)
    return tuple(str(folder / name) for name in kept)


def exported(
    every: Iterable[Mapping[str, list[Row]]], folder: Path, by: str = MAPPING, prefix: str | None = None
) -> list[Path]:
    """Write the rows of ``every`` edit into one file for each table in ``folder``, and return these files.

    Parameters
    ----------
    every
        The tables of each edit.
    folder
        Where the files are written.
    by
        The mapping of the edits.
    prefix
        What the names of the files begin with, if not with what they have in the mapping.

    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in written(gathered(every), by).items():
        paths.append(folder / (name if prefix is None else f"{prefix}{name.removeprefix(PREFIXES[by])}"))
        paths[-1].write_text(text, encoding="utf-8", newline="")
    return paths


def gathered(every: Iterable[Mapping[str, list[Row]]]) -> Tables:
    """Return the rows of ``every`` edit by table."""
    found: Tables = {}
    for tables in every:
        for table, rows in tables.items():
            found.setdefault(table, []).extend(rows)
    return found


def written(tables: Tables, by: str = MAPPING) -> dict[str, str]:
    """Return the text of each file: all columns of its table but unused optional ones, empty where nothing is said."""
    rules, by_file = mapping(by), {}
    for table, rows in tables.items():
        known = rules.columns(rules.by_file[file_of(table, by)])
        columns = [name for name, one in known.items() if not one.optional or any(row.get(name) for row in rows)]
        stream = StringIO(newline="")
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        by_file[file_of(table, by)] = stream.getvalue()
    return by_file
