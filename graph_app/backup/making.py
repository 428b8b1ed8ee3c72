"""Making a backup while the app goes on: only who would load or edit waits until it is there."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection

from graph_app import __version__
from graph_app.backup import files, picture, tables
from graph_app.backup.archive import GRAPH, MARKS, SETTINGS, Pack
from graph_app.backup.manifest import FORMAT, Manifest, Mark, Sum
from graph_app.database import Database
from graph_app.database.glance import newest
from graph_app.database.locking import alone
from graph_app.errors import N_, BackupError, LoadError, no_room, reason_of
from graph_app.graph.store import Store
from graph_app.settings import Settings
from loaders.digest import digest
from loaders.ledger import Ledger
from loaders.progress import Meter, Watch, nobody

SUFFIX = ".peyvand.zip"
_PATIENCE = 600.0  # seconds that a backup waits for a load
_LOOK = 0.05  # seconds between two looks: loads may follow each other closely
_ENTITY, _TIE = 1500, 700  # bytes at most that one takes on the disk, packed or in a table
_SPARE = 50_000_000  # bytes that stay free


@dataclass(frozen=True)
class Made:
    """A backup that was made; ``strangers`` counts nodes in the graph that are none of ours and not in it."""

    path: Path
    manifest: Manifest
    strangers: int


def default_path(settings: Settings, why: str = "") -> Path:
    """Return where a backup goes that nobody named; ``why`` stands before its moment."""
    folder = settings.home / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{why}{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(2)}{SUFFIX}"


def make(store: Store, database: Database, settings: Settings, path: Path, who: str, *, watch: Watch = nobody) -> Made:
    """Write a backup of everything to ``path``, and prove that it holds the graph as it is.

    Raises
    ------
    BackupError
        If there is a file, the disk has no room, or somebody changed the graph by hand meanwhile.
    LoadError
        If somebody else is loading, and does not come to an end.

    """
    with waited(database, who):
        return packed(store, database, settings, path, watch)


def packed(store: Store, database: Database, settings: Settings, path: Path, watch: Watch = nobody) -> Made:
    """Write a backup as ``make`` does, for who sees to it that nobody loads meanwhile."""
    path = path.expanduser().absolute()
    if path.exists():
        raise BackupError(N_("%(file)s is there already; a backup replaces no file. Name another one."), file=path)
    extent = picture.extent(store)
    try:
        _has_room(path.parent, database, settings, extent)
        with Pack(path) as pack, tables.snapshot(database) as connection:
            meter = Meter(watch, "save", extent["entities"])
            manifest = _written(pack, store, connection, settings, meter)
            _unmoved(store, manifest, watch)
            pack.manifest(manifest)
    except OSError as error:
        message = N_("The backup %(file)s cannot be written: %(reason)s. Nothing is left of it.")
        full = N_("There is no room on the disk for the backup %(file)s. Nothing is left of it.")
        raise BackupError(full if no_room(error) else message, file=path, reason=reason_of(error)) from error
    return Made(path, manifest, extent["strangers"])


def _written(pack: Pack, store: Store, connection: Connection, settings: Settings, meter: Meter) -> Manifest:
    revision = tables.revision(connection)  # the first look: from here on the database is seen as it is now
    image = picture.Image()
    pack.lines(MARKS, picture.marks(store))
    pack.lines(GRAPH, picture.lines(store, image, meter.add))
    rows = _pack_tables(pack, connection)
    for name, file in files.of(settings).items():
        pack.pieces(name, files.pieces(file))
    pack.lines(SETTINGS, files.settings_lines(settings))
    return Manifest(
        format=FORMAT,
        peyvand=__version__,
        made_at=datetime.now(UTC),
        server=store.version,
        revision=revision or newest(),
        graph=image.mark(),
        tables=rows,
        members=pack.members,
    )


def _pack_tables(pack: Pack, connection: Connection) -> dict[str, Mark]:
    found = {}
    for table in tables.tables(connection):
        total = Sum()
        pack.lines(f"tables/{table.name}.jsonl", tables.lines(connection, table, total))
        found[table.name] = total.mark()
    return found


def _unmoved(store: Store, manifest: Manifest, watch: Watch) -> None:
    """Refuse a backup of a graph that changed while it was read: it would hold a state that never was."""
    meter = Meter(watch, "verify", manifest.graph.image.count)
    if digest(store).digest != manifest.graph.digest:
        raise BackupError(
            N_("The graph was changed while it was read, and not by a load. Nothing was kept. Try again.")
        )
    meter.add(manifest.graph.image.count)


def _has_room(folder: Path, database: Database, settings: Settings, extent: dict[str, int]) -> None:
    needed = _SPARE + extent["entities"] * _ENTITY + extent["ties"] * _TIE + size_of(database)
    needed += sum(path.stat().st_size for path in files.of(settings).values())
    check_room(folder, needed)


def check_room(folder: Path, needed: int) -> None:
    """Refuse to begin what may need ``needed`` bytes in ``folder`` if they are not free."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < needed:
        message = N_(
            "The folder %(folder)s has %(free)s MB free; this may need %(needed)s MB. Make room, then try again."
        )
        raise BackupError(message, folder=folder, free=free // 1_000_000, needed=needed // 1_000_000 + 1)


def size_of(database: Database) -> int:
    """Return about how many bytes the application database has; 0 if another machine keeps it."""
    url = database.engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        return 0
    kept = (Path(url.database), Path(f"{url.database}-wal"))
    return sum(path.stat().st_size for path in kept if path.exists())


@contextmanager
def waited(database: Database, who: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Be the only one who loads; wait for who does, ``patience`` seconds at most."""
    deadline = time.monotonic() + patience
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(_alone(database, who))
                break
            except LoadError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(_LOOK)
        yield


@contextmanager
def _alone(database: Database, who: str) -> Iterator[None]:
    with tables.snapshot(database) as connection:
        current = tables.revision(connection) == newest()
    if current:
        with Ledger(database).writing_alone(who):
            yield
        return
    with alone(database) as held:  # tables of an earlier version: who waits is told no name
        if not held:
            raise LoadError(N_("Somebody else is loading; wait, then try again."))
        yield
