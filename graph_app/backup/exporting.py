"""An export of everything: the claims of the graph as CSV with a mapping that loads them into an empty installation.

Unlike a backup it holds no accounts, no history and no ledger, and can be read and changed without Peyvand.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from graph_app import __version__
from graph_app.backup import picture
from graph_app.backup.claims import Entity, Outline, outlined, rows_of
from graph_app.backup.making import check_room, waited
from graph_app.backup.sheets import MAPPING, Files, mapping_of, sheets_of
from graph_app.database import Database
from graph_app.database.tables import Decision, now
from graph_app.errors import N_, BackupError, no_room, reason_of
from graph_app.graph.store import Store
from graph_app.language import gettext
from loaders.decision_text import written
from loaders.decisions import SAME, Decisions
from loaders.digest import Sums, rows
from loaders.progress import Meter, Watch, nobody

DECISIONS, ABOUT = "decisions.yaml", "README.txt"
_ROW, _SPARE = 1200, 50_000_000  # bytes at most that a claim takes, and that stay free
_PATIENCE = 600.0
_SOON = 10.0  # seconds that a page waits for who loads


@dataclass(frozen=True)
class Exported:
    """An export that was made: where it is, and what is in it."""

    folder: Path
    outline: Outline


def export(
    store: Store,
    database: Database,
    folder: Path,
    who: str,
    *,
    mark: bool = True,
    patience: float = _PATIENCE,
    watch: Watch = nobody,
) -> Exported:
    """Write everything that ``store`` claims into ``folder``, which is there when all of it is.

    Parameters
    ----------
    store, database
        The graph, and the decisions about duplicates.
    folder
        A folder that is not there yet, or is empty.
    who
        Who exports: those who want to load meanwhile wait, and are told.
    mark
        Whether the files begin with a byte order mark, by which Excel knows UTF-8.
    patience
        How many seconds to wait for a load that is at work.
    watch
        Is told how far it is.

    Raises
    ------
    BackupError
        If the folder holds something, the disk has no room, or somebody changed the graph by hand meanwhile.
    LoadError
        If somebody is loading, and does not come to an end.

    """
    folder = folder.expanduser().absolute()
    _check_free(folder)
    with waited(database, who, patience), _whole(folder, store) as partial:
        outline = _written(store, partial, mark=mark, watch=watch)
        decisions = _decisions(Decisions(database), outline)
        (partial / DECISIONS).write_text(written(decisions), encoding="utf-8")
        (partial / ABOUT).write_text(_about(outline), encoding="utf-8")
    return Exported(folder, outline)


def archive(store: Store, database: Database, home: Path, who: str) -> IO[bytes]:
    """Return a ZIP archive of everything, a file in ``home`` without a name that is gone once it is closed.

    It is whole before anything of it is sent: what goes wrong is said, and whoever reads slowly holds up no load.
    Errors as for ``export``.
    """
    with _told(home), ExitStack() as kept:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        stream = kept.enter_context(TemporaryFile(dir=home))
        with TemporaryDirectory(dir=home, prefix=".export-") as scratch:
            made = export(store, database, Path(scratch) / "everything", who, patience=_SOON)
            with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=3) as packed:
                for path in sorted(made.folder.iterdir()):
                    packed.write(path, f"everything/{path.name}")
        stream.seek(0)
        kept.pop_all()
    return stream


def _written(store: Store, folder: Path, *, mark: bool, watch: Watch) -> Outline:
    meter = Meter(watch, "save", 2 * picture.extent(store)["entities"])
    outline = outlined(_metered(store, meter))
    sheets = sheets_of(outline)
    (folder / MAPPING).write_text(mapping_of(sheets), encoding="utf-8")
    sums = Sums()
    try:
        with Files(folder, sheets, mark=mark) as files:
            for entity in _metered(store, meter):
                sums.add(entity)
                for row in rows_of(entity, outline.unsourced):
                    files.write(row)
    except KeyError as error:
        raise _moved() from error
    if sums.digest().digest != outline.digest:
        raise _moved()
    return outline


def _metered(store: Store, meter: Meter) -> Iterator[Entity]:
    for entity in rows(store):
        yield entity
        meter.add(1)


def _moved() -> BackupError:
    return BackupError(N_("The graph was changed while it was read, and not by a load. Nothing was kept. Try again."))


def _decisions(kept: Decisions, outline: Outline) -> list[Decision]:
    """Return what people decided about duplicates, and a decision for what is merged without one that is known here."""
    standing = kept.standing()
    known = {one.merged for one in standing if one.merged}
    told = {"who": "peyvand", "why": gettext(N_("It was merged in the graph.")), "at": now(), "evidence": {}}
    for merged, into in sorted(outline.merged.items()):
        if merged not in known:
            first, second = sorted((merged, into))
            standing.append(Decision(first=first, second=second, decision=SAME, kept=into, **told))
    return standing


def _about(outline: Outline) -> str:
    moment = datetime.now(UTC).isoformat(" ", "seconds")
    lines = [
        gettext(N_("Everything that a graph of Peyvand %(version)s held, %(moment)s.")),
        gettext(N_("It loads into an empty installation with these commands, in the folder above this one:")),
        "",
        f"  peyvand load apply everything --mapping everything/{MAPPING}",
        f"  peyvand load review --import everything/{DECISIONS}",
        "  peyvand load digest",
        "",
        gettext(N_("The last one prints the same as it did here: %(digest)s")),
        "",
        *(f"  {table}.csv: {outline.rows[table]}" for table in sorted(outline.rows)),
        "",
    ]
    return "\n".join(lines) % {"version": __version__, "moment": moment, "digest": outline.digest}


def _check_free(folder: Path) -> None:
    """Refuse a folder that holds something: nothing is ever replaced, and the files of two exports are no export."""
    try:
        taken = folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
    except OSError as error:
        raise BackupError(_FAILED, folder=folder, reason=reason_of(error)) from error
    if taken:
        message = N_("%(folder)s is there already and is not empty. Name another folder; an export replaces nothing.")
        raise BackupError(message, folder=folder)


@contextmanager
def _whole(folder: Path, store: Store) -> Iterator[Path]:
    """Give a folder beside ``folder`` that takes its place at the end, or is gone."""
    partial = folder.with_name(f".{folder.name}.partial")
    with _told(folder):
        extent = picture.extent(store)
        check_room(folder.parent, _SPARE + _ROW * (extent["entities"] + extent["ties"]))
        shutil.rmtree(partial, ignore_errors=True)  # of one that was cut off
        partial.mkdir(mode=0o700)
        try:
            yield partial
            if folder.exists():
                folder.rmdir()  # an empty one
            partial.rename(folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in a sentence what the disk refuses."""
    try:
        yield
    except OSError as error:
        message = _NO_ROOM if no_room(error) else _FAILED
        raise BackupError(message, folder=folder, reason=reason_of(error)) from error


_FAILED = N_("The export cannot be written into %(folder)s: %(reason)s. Nothing is left of it.")
_NO_ROOM = N_("There is no room on the disk for the export %(folder)s. Nothing is left of it.")
