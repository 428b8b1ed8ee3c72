"""A plan with all that it rests on: the files, the mapping and the graph as they were when it was made.

It is a promise: it is written exactly as it was shown, or refused because one of these moved since.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph_app.errors import N_, LoadError, reason_of
from graph_app.graph.store import Store
from loaders import entries, syncing
from loaders.aliases import NONE, Aliases
from loaders.mapping import MappingFile
from loaders.plan import Plan
from loaders.reading import NOTHING_SAID, Guidance, Reading, named_parts
from loaders.rows import NORMALISER
from loaders.syncing import State

if TYPE_CHECKING:
    from loaders.known import Known

Row = Mapping[str, str | None]
_quoted = json.JSONEncoder(ensure_ascii=False).encode  # of a text alone: no encoder has to be made for it


@dataclass(frozen=True)
class PlannedFile:
    """One file behind a plan: where it is, its SHA-256, its size in bytes and how it was written."""

    name: str
    path: str
    sha256: str
    size: int
    encoding: str | None
    delimiter: str | None
    rows: int


@dataclass(frozen=True)
class Promise:
    """A plan and what it rests on.

    Parameters
    ----------
    plan
        The changes.
    files
        The files that were read.
    version, rules
        Version of the mapping, and the digest of all its rules.
    state
        What the graph said of its loads before it was looked at.
    undoes
        The run that the plan takes back, if it does.
    mapping_file
        The file of the mapping, if it is not one that comes with Peyvand.
    decided, withdrawn
        Numbers of the decisions about duplicates that the plan carries out, and of the one that it takes back.

    """

    plan: Plan
    files: tuple[PlannedFile, ...]
    version: int
    rules: str
    state: State
    undoes: str | None = None
    mapping_file: str | None = None
    decided: tuple[int, ...] = ()
    withdrawn: int | None = None

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the changes and of the number of loads before them: the name of the plan in its graph."""
        digest = self.digesting()
        for change in self.plan.steps():
            digest.add(entries.row_of(change))
        return digest.hexadecimal

    def digesting(self) -> "Digesting":
        """Return the digest, to which the changes are still to be added, as rows of the ledger."""
        return Digesting(self.state.serial, self.undoes)


class Digesting:
    """The digest of a plan while its changes are told, one after the other."""

    def __init__(self, serial: int, undoes: str | None) -> None:
        self._hash = hashlib.sha256(json.dumps([serial, undoes]).encode())

    def add(self, row: Row) -> Row:
        """Take ``row``, which is also returned; the texts of its documents have no line ends."""
        key, type_, start, end, *documents = row.values()
        head = ", ".join(["null" if one is None else _quoted(one) for one in (key, type_, start, end)])
        text = "\n".join((f"[{head}]", *(document or "" for document in documents), ""))
        self._hash.update(text.encode("utf-8", "surrogatepass"))
        return row

    @property
    def hexadecimal(self) -> str:
        """The digest of what was added."""
        return self._hash.hexdigest()


def promise(
    store: Store,
    paths: Sequence[Path],
    mapping: MappingFile,
    said: Guidance = NOTHING_SAID,
    mapping_file: Path | None = None,
    known: "Known | None" = None,
    *,
    decided: Aliases = NONE,
    thorough: bool = False,
) -> Promise:
    """Return the plan for loading ``paths``; the graph and the files are looked at before it is made.

    Parameters and errors as for ``planning.plan``.
    """
    from loaders.planning import plan  # noqa: PLC0415 - what compares is large; that nothing changed is told without

    def make() -> Plan:
        return plan(store, paths, mapping, said, known, decided=decided, thorough=thorough)

    return resting(store, paths, mapping, said, mapping_file, make, decided=decided)


def resting(
    store: Store,
    paths: Sequence[Path],
    mapping: MappingFile,
    said: Guidance,
    mapping_file: Path | None,
    make: Callable[[], Plan],
    *,
    decided: Aliases = NONE,
) -> Promise:
    """Return the plan that ``make`` makes, with what it rests on, which is looked at first. Others as ``promise``."""
    state = syncing.state(store)
    digests = {_name(path): (str(path.resolve()), *fingerprint(path)) for path in paths}
    made = make()
    files = tuple(planned_file(reading, *_behind(reading, digests)) for reading in made.readings)
    if made.rows is not None:
        made = replace(made, rows=replace(made.rows, scan=scan_of(paths, mapping, said, decided)))
    return Promise(made, files, mapping.version, rules_of(mapping, decided), state, mapping_file=_where(mapping_file))


def _behind(reading: Reading, digests: Mapping[str, tuple[str, str, int]]) -> tuple[str, str, int]:
    """Return path, SHA-256 and size of the file that was read; a sheet of a workbook is named after it."""
    return digests.get(reading.file) or digests[named_parts(reading.file)[0]]


def planned_file(reading: Reading, path: str, sha256: str, size: int) -> PlannedFile:
    """Return the file that was read so."""
    encoding = reading.encoding.name if reading.encoding else None
    return PlannedFile(reading.file, path, sha256, size, encoding, reading.delimiter, reading.rows)


def scan_of(paths: Sequence[Path], mapping: MappingFile, said: Guidance = NOTHING_SAID, decided: Aliases = NONE) -> str:
    """Return the SHA-256 of all that a plan for ``paths`` rests on but the graph."""
    bytes_ = sorted((_name(path), fingerprint(path)[0]) for path in paths)
    text = json.dumps([NORMALISER, rules_of(mapping, decided), said.encoding, said.delimiter, said.sheet, bytes_])
    return hashlib.sha256(text.encode()).hexdigest()


def _where(file: Path | None) -> str | None:
    return str(file.resolve()) if file else None


def rules_of(mapping: MappingFile, decided: Aliases = NONE) -> str:
    """Return the SHA-256 of all that ``mapping`` says, and of what people decided to merge."""
    merged = json.dumps(dict(decided), sort_keys=True) if decided else ""
    return hashlib.sha256(f"{mapping.model_dump_json()}{merged}".encode()).hexdigest()


def fingerprint(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the size of the file at ``path``.

    Raises
    ------
    LoadError
        If it cannot be read.

    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size
    except OSError as error:
        raise LoadError(N_("%(file)s cannot be read: %(reason)s"), file=path, reason=reason_of(error)) from error


def _name(path: Path) -> str:
    return f"{path.resolve().parent.name}/{path.name}"
