"""Putting a backup back: looked through first, proved at the end, and what was there before stays if it fails.

Everything that can be refused is refused before anything is changed: the file is read once from end to end, and its
tables are built beside the ones in use. In the place of other data it goes only when asked, after a backup of that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_app.backup import files, picture
from graph_app.backup.archive import GRAPH, MARKS, SETTINGS, Archive, opened
from graph_app.backup.exchange import Staged, in_use
from graph_app.backup.making import check_room, default_path, packed
from graph_app.backup.tables import filled, snapshot
from graph_app.database import Database
from graph_app.database.glance import newest
from graph_app.database.locking import alone
from graph_app.errors import N_, BackupError, PeyvandError
from graph_app.graph.store import Store
from graph_app.settings import Settings
from loaders.digest import digest
from loaders.progress import Meter, Watch, nobody


@dataclass(frozen=True)
class Restored:
    """What was restored: the digest of the graph, how many files, which settings are others here.

    ``before`` is the backup of what was there before, if anything was.
    """

    digest: str
    files: int
    settings: list[str]
    before: Path | None


def check(path: Path, watch: Watch = nobody) -> Archive:
    """Read the backup at ``path`` from end to end and return what it says of itself, closed.

    Raises
    ------
    BackupError
        If it is not whole, is of a newer version, or does not hold what it says.

    """
    with opened(path) as archive:
        prove(archive, watch)
        return archive


def prove(archive: Archive, watch: Watch = nobody) -> None:
    """Refuse an archive that is not whole, or of which this version knows something not. Errors as for ``check``."""
    manifest = archive.manifest
    if manifest.revision > newest():
        message = N_("%(file)s is a backup of a newer version of Peyvand (%(version)s). Install that version.")
        raise BackupError(message, file=archive.path, version=manifest.peyvand)
    meter, image = Meter(watch, "verify", manifest.graph.image.count), picture.Image()
    for line in archive.lines(GRAPH):
        row = _row(archive, line)
        if unknown := picture.foreign_kinds(row):
            message = N_("The backup holds things of a kind that this version does not know: %(kind)s.")
            raise BackupError(message, kind=", ".join(sorted(unknown)))
        image.add(line, row)
        meter.add(1)
    if image.mark() != manifest.graph:
        raise archive.broken(GRAPH)
    for name in manifest.members:
        if name != GRAPH:
            archive.copy(name)


def restore(
    store: Store, database: Database, settings: Settings, path: Path, *, replace: bool = False, watch: Watch = nobody
) -> Restored:
    """Put the backup at ``path`` back and prove that the graph is the one that was saved.

    Parameters
    ----------
    store, database, settings
        Where to.
    path
        The backup.
    replace
        Whether it may go in the place of what is there; that is saved first.
    watch
        Is told how far it is.

    Raises
    ------
    BackupError
        If the backup is not whole, something is there and ``replace`` is not asked for, somebody uses the database,
        or the graph is not the same afterwards. What was there before is there again.

    """
    with opened(path) as archive, alone(database) as held:
        if not held:
            raise BackupError(N_("Somebody is loading. Stop the app and the loads, then restore."))
        if in_use(database):
            raise BackupError(N_("The application database is in use. Stop the app, then restore."))
        prove(archive, watch)
        there = _filled(store, database)
        if there and not replace:
            message = N_("There is data here already. Restore into an empty installation, or add --replace.")
            hint = N_("With --replace a backup of what is here is made first.")
            raise BackupError(message, hint)
        check_room(settings.home, archive.size)
        with Staged(database, archive) as staged:
            before = _saved(store, database, settings) if there else None
            with _or_back(store, before, watch):
                _write_graph(store, archive, watch)
                staged.exchange()
            count = files.put_back(archive, settings)
            picture.write_marks(store, archive.lines(MARKS))
        differing = files.differing(settings, list(archive.lines(SETTINGS)))
        return Restored(archive.manifest.graph.digest, count, differing, before)


def _filled(store: Store, database: Database) -> bool:
    with snapshot(database) as connection:
        return bool(picture.extent(store)["entities"]) or filled(connection)


def _saved(store: Store, database: Database, settings: Settings) -> Path:
    return packed(store, database, settings, default_path(settings, "before-restore-")).path


@contextmanager
def _or_back(store: Store, before: Path | None, watch: Watch) -> Iterator[None]:
    """Make the graph what it was if it could not be made what it should be, whatever stopped that."""
    try:
        yield
    except BaseException as error:
        try:
            _back(store, before, watch)
        except PeyvandError as second:
            message = N_(
                "The restore failed (%(reason)s), and the graph that was here could not be put back (%(second)s)."
            )
            hint = N_("It is in the backup %(file)s. Restore that with --replace.")
            raise BackupError(message, hint, reason=str(error), second=second, file=before or "–") from error
        raise


def _back(store: Store, before: Path | None, watch: Watch) -> None:
    if before is None:
        picture.clear(store, lambda _count: None)
        picture.unmark(store)
        return
    with opened(before) as archive:
        _write_graph(store, archive, watch)
        picture.write_marks(store, archive.lines(MARKS))


def _write_graph(store: Store, archive: Archive, watch: Watch) -> None:
    """Write the graph of ``archive``; until its marks are written too, no installation loads it."""
    mark, extent = archive.manifest.graph, picture.extent(store)
    picture.close(store)
    if extent["entities"]:
        picture.clear(store, Meter(watch, "remove", extent["entities"]).add)
    rows = (_row(archive, line) for line in archive.lines(GRAPH))
    picture.write_entities(store, rows, Meter(watch, "entities", mark.image.count).add)
    rows = (_row(archive, line) for line in archive.lines(GRAPH))
    picture.write_ties(store, rows, Meter(watch, "ties", mark.ties).add)
    meter = Meter(watch, "verify", mark.image.count)
    if digest(store).digest != mark.digest or not picture.compared(store, mark.image):
        raise BackupError(N_("The graph that was written is not the one in the backup."))
    meter.add(mark.image.count)


def _row(archive: Archive, line: str) -> picture.Row:
    try:
        return picture.read(line)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise archive.broken("graph") from error
