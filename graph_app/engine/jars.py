"""The engine's jars: named in a committed lock file, fetched once, verified, kept in the user's cache."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from graph_app.engine import lease
from graph_app.engine.jar import Jar
from graph_app.engine.repository import Repository, unwritable
from graph_app.errors import N_, EngineError
from graph_app.settings import Settings

LOCK = Path(__file__).with_name("neo4j.lock")
_NAMED = 3  # files that a sentence names


def locked(lock: Path = LOCK) -> list[Jar]:
    """Return the jars of the lock file."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    fields = (line.split() for line in lines if line and not line.startswith("#"))
    return [Jar(path, digest, int(size)) for path, digest, size in fields]


def version(jars: Sequence[Jar]) -> str:
    """Return the version of the server that the lock file names."""
    return next(jar.path.split("/")[-2] for jar in jars if jar.name.startswith("neo4j-server-"))


def folder(settings: Settings, jars: Sequence[Jar]) -> Path:
    """Return where the jars are kept: the folder of the setting, or the user's cache, by version."""
    offline = settings.text("PEYVAND_ENGINE_JARS")
    if offline:
        return Path(offline).expanduser().resolve()
    return Path(platformdirs.user_cache_dir("peyvand", appauthor=False)) / "engine" / version(jars)


def paths(place: Path) -> list[Path]:
    """Return the locked jars in the folder ``place``, for Java's class path."""
    return [place / jar.name for jar in locked()]


def provide(settings: Settings) -> Path:
    """Return the folder that holds all jars of the lock, after fetching those that are missing.

    Every jar is checked against the lock before it gets its name; a folder that was checked once is marked, so that
    the next start only compares names and sizes.

    Raises
    ------
    EngineError
        If a jar is missing from an offline folder, cannot be fetched, or is not the one that the lock names.

    """
    jars = locked()
    place = folder(settings, jars)
    if settings.text("PEYVAND_ENGINE_JARS"):
        _refuse_missing(place, _missing(place, jars))
    elif _missing(place, jars):
        _fetch(settings, place, jars)
    marker = place / f".verified-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"
    if not marker.exists():
        _verify(place, jars)
        _mark(marker)
    return place


def copy(settings: Settings, target: Path) -> Path:
    """Return ``target`` as a folder that holds all jars, to be carried to a machine without a network.

    Raises
    ------
    EngineError
        As for ``provide``, or if the folder cannot be written. A copy that is interrupted is finished by the next.

    """
    place, jars = provide(settings), locked()
    target = target.expanduser().resolve()
    try:
        target.mkdir(parents=True, exist_ok=True)
        for jar in _missing(target, jars):
            shutil.copyfile(place / jar.name, target / jar.name)
    except OSError as error:
        raise unwritable(target, error) from error
    _verify(target, jars)  # not marked: the machine that it is carried to looks for itself
    return target


def _missing(place: Path, jars: Sequence[Jar]) -> list[Jar]:
    """Return the jars that are not in ``place``, or have another size."""
    return [jar for jar in jars if not _has_size(place / jar.name, jar.size)]


def _refuse_missing(place: Path, missing: Sequence[Jar]) -> None:
    if missing:
        message = N_(
            "%(folder)s lacks %(count)s of the engine's files, such as %(names)s. On a machine with a network,"
            " “peyvand engine install --to FOLDER” makes such a folder."
        )
        names = ", ".join(jar.name for jar in missing[:_NAMED])
        raise EngineError(message, folder=place, count=len(missing), names=names)


def _fetch(settings: Settings, place: Path, jars: Sequence[Jar]) -> None:
    """Fetch what is missing. Only one process fetches at a time; who waited finds that there is nothing left to do."""
    repository = Repository(_address(settings))
    try:
        place.mkdir(parents=True, exist_ok=True)
        with lease.locked(place / ".lock"):
            missing = _missing(place, jars)
            for jar in missing:
                (place / jar.name).unlink(missing_ok=True)
            repository.fetch(place, missing)
    except OSError as error:
        raise unwritable(place, error) from error


def _address(settings: Settings) -> str:
    """Return the base address; the public one is a constant of a resolver library, so that no host is named here."""
    from jgo.constants import MAVEN_CENTRAL_URL  # noqa: PLC0415 - half a second to import, and seldom needed

    return settings.text("PEYVAND_ENGINE_REPOSITORY").strip() or str(MAVEN_CENTRAL_URL)


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _verify(place: Path, jars: Sequence[Jar]) -> None:
    for jar in jars:
        with (place / jar.name).open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != jar.sha256:
                message = N_("%(file)s is not the file that the lock names. Delete it and try again.")
                raise EngineError(message, file=place / jar.name)


def _mark(marker: Path) -> None:
    """Remember the check; a folder that cannot be written is simply checked each time."""
    try:
        marker.touch()
    except OSError:
        return
