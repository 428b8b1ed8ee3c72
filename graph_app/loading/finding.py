"""The plan that a draft asks for, and what there is to say besides: how files were read, what was left out."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.loading.drafts import Asked
from graph_app.loading.rejected import holds_rejects
from loaders import entries
from loaders.conflicts import conflicts, edits, without
from loaders.foreseeing import foresee
from loaders.ledger import Ledger
from loaders.library import Found, Library
from loaders.plan import Change
from loaders.promise import Promise
from loaders.reading import Guidance, Reading
from loaders.replaying import files_of, replay_file
from loaders.resyncing import resync
from loaders.undoing import taken_back


def made(store: Store, ledger: Ledger, library: Library, asked: Asked) -> tuple[Promise, list[Change]]:
    """Return the plan that was ``asked`` for, by a mapping of ``library``, and the edits by hand that it leaves.

    Raises
    ------
    LoadError
        If no mapping fits, a file cannot be read as its mapping says, or a run cannot be taken back.

    """
    if asked.undoes:
        return taken_back(store, ledger, ledger.load(asked.undoes)), []
    work = _read(store, ledger, library, asked)
    left = [] if asked.wishes.overwrite else conflicts(ledger, work)
    return without(work, left), [edit for _, edit in edits(ledger, work, left)]


def _read(store: Store, ledger: Ledger, library: Library, asked: Asked) -> Promise:
    paths, wishes = [Path(file) for file in asked.files], asked.wishes
    if asked.mends or (len(paths) == 1 and holds_rejects(paths[0])):
        rejected = [Path(name) for name in files_of(paths[0])]
        of = _mapping(library, rejected, wishes.mapping)
        return replay_file(store, ledger, paths[0], of.mapping, of.own_file)
    by = _mapping(library, paths, wishes.mapping)
    said = Guidance(encoding=wishes.encoding, delimiter=wishes.delimiter, sheet=wishes.sheet)
    ours = [path for path in paths if by.mapping.tables_in(path)]
    return resync(store, ledger, ours, by.mapping, said, by.own_file, thorough=wishes.thorough)


def found(store: Store, asked: Asked, work: Promise, left: list[Change]) -> dict[str, Any]:
    """Return what there is to say of a plan besides the plan, as JSON has it."""
    read = {name.rpartition("/")[2] for name in (*work.plan.files, *(file.name for file in work.files))}
    unread = [name for name in (Path(file).name for file in asked.files) if name not in read]
    return {
        "readings": list(map(_reading, work.plan.readings)),
        "conflicts": list(map(entries.of_change, left)),
        "others": [*unread, *asked.others],
        "follows": asdict(foresee(store, work.plan)),
        "changes": work.plan.changes,
    }


def conflicts_in(found: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the edits by hand that a plan leaves as they are: from what was loaded to what the graph holds."""
    yield from map(entries.change, found.get("conflicts", ()))


def _mapping(library: Library, files: list[Path], wanted: str | None) -> Found:
    if wanted:
        return _with_tables(library.named(wanted), files)
    try:
        return library.fitting(files)
    except LoadError as error:
        message = N_("No mapping fits these files: %(files)s. Choose the one that they were exported for.")
        raise LoadError(message, files=_names(files)) from error


def _with_tables(found: Found, files: list[Path]) -> Found:
    if not any(map(found.mapping.tables_in, files)):
        message = N_("The mapping %(mapping)s has no table for any of these files: %(files)s. It knows: %(tables)s.")
        tables = ", ".join(table.file for table in found.mapping.tables)
        raise LoadError(message, mapping=found.mapping.mapping, files=_names(files), tables=tables)
    return found


def _names(files: list[Path]) -> str:
    return ", ".join(file.name for file in files)


def _reading(reading: Reading) -> dict[str, Any]:
    encoding = reading.encoding
    why = {"certainty": encoding.certainty, "reason": asdict(encoding.reason)} if encoding else {}
    facts = ("file", "delimiter", "sheet", "header_line", "rows", "merged", "faulty", "samples")
    garbled = ("repaired", "repairs", "doubtful", "doubts")
    kept = {name: getattr(reading, name) for name in (*facts, *garbled)}
    return {**kept, **why, "encoding": encoding and encoding.name, "remarkable": reading.remarkable}
