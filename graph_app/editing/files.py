"""Edits as files of the mapping ``edits``: one edit on its way into the graph, or all that stand, to be loaded anew."""

import csv
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from pathlib import Path

from graph_app.editing.rows import Row, Tables
from graph_app.uploads.shelf import Shelf
from loaders.mapping import MAPPINGS, MappingFile, load

MAPPING = "edits"
_MOST = 4_000_000  # bytes of one file


def mapping() -> MappingFile:
    """Return the mapping by which edits are loaded."""
    return load(MAPPINGS / f"{MAPPING}.yaml")


def file_of(table: str) -> str:
    """Return the name of the file of ``table``."""
    return f"edit-{table}.csv"


def shelved(shelf: Shelf, key: str, tables: Tables) -> tuple[str, ...]:
    """Keep the files of one edit on ``shelf`` and return where they are."""
    texts = written(tables)
    kept = {name: shelf.keep(BytesIO(text.encode()), name, _MOST) for name, text in texts.items()}
    folder = shelf.folder(key, kept)
    return tuple(str(folder / name) for name in kept)


def exported(every: Iterable[Mapping[str, list[Row]]], folder: Path) -> list[Path]:
    """Write the rows of ``every`` edit into one file for each table in ``folder``, and return these files."""
    gathered: Tables = {}
    for tables in every:
        for table, rows in tables.items():
            gathered.setdefault(table, []).extend(rows)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written(gathered).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return [folder / file_of(table) for table in gathered]


def written(tables: Tables) -> dict[str, str]:
    """Return the text of each file: all columns of its table, empty where an edit says nothing."""
    rules, by_file = mapping(), {}
    for table, rows in tables.items():
        columns = list(rules.columns(rules.by_file[file_of(table)]))
        stream = StringIO(newline="")
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        by_file[file_of(table)] = stream.getvalue()
    return by_file
