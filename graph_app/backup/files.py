"""What a backup holds of the files in the folder for everything: documents, and people's own mappings and questions."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from graph_app.backup.archive import Archive, safe
from graph_app.settings import SETTINGS, Settings

_CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SECRET = re.compile(r"(PASSWORD|TOKEN)$")


def of(settings: Settings) -> dict[str, Path]:
    """Return the files by their names in a backup."""
    contents = _contents(settings)
    found = {f"documents/{path.name}": path for path in contents.glob("*") if _SHA256.fullmatch(path.name)}
    for name, folder in _folders(settings).items():
        for path in sorted(folder.rglob("*")):
            member = f"{name}/{path.relative_to(folder).as_posix()}"
            if path.is_file() and not path.is_symlink() and safe(member):
                found[member] = path
    return found


def pieces(path: Path) -> Iterator[bytes]:
    """Yield what ``path`` holds, piece by piece."""
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def put_back(archive: Archive, settings: Settings) -> int:
    """Write the files of ``archive`` where they belong and return how many; others that are there stay."""
    roots = {"documents": _contents(settings), **_folders(settings)}
    count = 0
    for folder, root in roots.items():
        for name in archive.names(folder):
            path = root.joinpath(*name.split("/")[1:])
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(archive, name, path)
            count += 1
    return count


def settings_lines(settings: Settings) -> list[str]:
    """Return the settings that are not the usual ones as lines of an environment file, without any secret."""
    kept = ((one.name, settings.text(one.name)) for one in SETTINGS if settings.text(one.name) != one.default)
    return [_set(name, text) for name, text in kept]


def differing(settings: Settings, lines: list[str]) -> list[str]:
    """Return the names of the settings that are others here than in the ``lines`` of the backup."""
    there, here = (dict(_named(line) for line in every) for every in (lines, settings_lines(settings)))
    return sorted(name for name in there.keys() | here.keys() if there.get(name) != here.get(name))


def _set(name: str, text: str) -> str:
    if _SECRET.search(name):
        return f"# {name}: a secret, left out"
    if "://" in text and (urlsplit(text).password or urlsplit(text).username):
        return f"# {name}: holds a name and a password, left out"
    return f"{name}={text.replace(chr(10), ' ')}"


def _named(line: str) -> tuple[str, str]:
    name, _, text = (
        line.removeprefix("# ").replace(":", "=", 1).partition("=") if line[:1] == "#" else line.partition("=")
    )
    return name, text


def _folders(settings: Settings) -> dict[str, Path]:
    return {"mappings": settings.mappings, "queries": settings.queries}


def _contents(settings: Settings) -> Path:
    return settings.home / "documents" / "contents"


def _write(archive: Archive, name: str, path: Path) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as target:  # readable by us only
        try:
            archive.copy(name, target)
            target.flush()
            os.fsync(target.fileno())
            Path(target.name).replace(path)
        except BaseException:
            Path(target.name).unlink(missing_ok=True)
            raise
