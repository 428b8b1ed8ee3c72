"""How much memory the engine may take: what is set, or a share of what the machine has."""

import re
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph_app.errors import N_, SettingError
from graph_app.settings import Settings

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
_UNITS = {"": 1, "k": KIB, "m": MIB, "g": GIB}
_SIZE = re.compile(r"([1-9]\d*)([kKmMgG]?)", re.ASCII)
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_HEAP, _PAGECACHE, _TRANSACTION = (f"PEYVAND_ENGINE_{name}" for name in ("HEAP", "PAGECACHE", "TRANSACTION"))
_LEAST = {_HEAP: 256 * MIB, _PAGECACHE: 8 * MIB, _TRANSACTION: MIB}  # below, Neo4j does not start or does nothing


@dataclass(frozen=True)
class Memory:
    """What Neo4j may take, in bytes: Java's heap, the page cache beside it, and one transaction within the heap."""

    heap: int
    pagecache: int
    transaction: int

    @classmethod
    def of(cls, settings: Settings) -> "Memory":
        """Return what is set; by default a heap of an eighth, a page cache of a sixteenth of the machine's memory.

        Raises
        ------
        SettingError
            If a size is not written as Java writes it, is too small, or all are more than the machine has.

        """
        present = machine()
        heap = _size(settings, _HEAP) or min(max(present // 8, 512 * MIB), 4 * GIB)
        pagecache = _size(settings, _PAGECACHE) or min(max(present // 16, 128 * MIB), 2 * GIB)
        found = cls(heap, pagecache, _size(settings, _TRANSACTION) or heap // 4)
        found._check(present)
        return found

    def _check(self, present: int) -> None:
        if self.transaction > self.heap:
            message = N_("%(name)s is %(size)s, more than the heap of %(heap)s, in which it must find its place.")
            raise SettingError(message, name=_TRANSACTION, size=written(self.transaction), heap=written(self.heap))
        if self.heap + self.pagecache > present:
            message = N_(
                "Neo4j may take a heap of %(heap)s and a page cache of %(pagecache)s, but this machine has only"
                " %(present)s. Set PEYVAND_ENGINE_HEAP or PEYVAND_ENGINE_PAGECACHE to less."
            )
            sizes = {"heap": written(self.heap), "pagecache": written(self.pagecache)}
            raise SettingError(message, **sizes, present=f"{present // MIB}m")


def machine() -> int:
    """Return the memory of this machine in bytes, or of the container, if that has less."""
    limits = [limit for path in _LIMITS if (limit := _limit(path))]
    return min([int(psutil.virtual_memory().total), *limits])


def written(size: int) -> str:
    """Return ``size`` as Java and Neo4j write it, in the largest unit that fits exactly."""
    for unit in ("g", "m", "k"):
        if size % _UNITS[unit] == 0:
            return f"{size // _UNITS[unit]}{unit}"
    return str(size)


def _limit(path: Path) -> int | None:
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdecimal() else None  # "max" where there is none


def _size(settings: Settings, name: str) -> int | None:
    """Return the setting ``name`` in bytes; None if it is not set."""
    text = settings.text(name)
    if not text:
        return None
    parts = _SIZE.fullmatch(text)
    if not parts:
        message = N_("The setting %(name)s is “%(text)s”; it must be a size such as 512m or 2g.")
        raise SettingError(message, name=name, text=text)
    size = int(parts[1]) * _UNITS[parts[2].lower()]
    if size < _LEAST[name]:
        message = N_("The setting %(name)s is “%(text)s”; it must be at least %(least)s.")
        raise SettingError(message, name=name, text=text, least=written(_LEAST[name]))
    return size
