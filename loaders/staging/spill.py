"""Items put away in files, some hundreds at a time, by the part to which they belong."""

import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any
from zlib import crc32

FACTS, NAMES, RECORDS, DAYS, ACTED = "facts", "names", "records", "days", "acted"  # kinds of items of rows
ENTITIES, TIES = "entities", "ties"  # of changes
_AT_ONCE = 500
_PLACE = 40  # bits below the number of the table

Item = Any
_Dump = Callable[[list[Item], IO[bytes]], None]


class Spill:
    """Items on their way into ``folder``: those of a part into a file of their own, in the order in which they come.

    ``plain`` items are made of nothing but Python's own simple types, which is faster.
    """

    def __init__(self, folder: Path, kind: str, share: int, parts: int, *, plain: bool = False) -> None:
        self._paths = [folder / f"{kind}-{part}-{share}" for part in range(parts)]
        self._waiting: list[list[Item]] = [[] for _ in range(parts)]
        self._dump: _Dump = marshal.dump if plain else _pickled

    def add(self, part: int, item: Item) -> None:
        """Put ``item`` away."""
        waiting = self._waiting[part]
        waiting.append(item)
        if len(waiting) == _AT_ONCE:
            self._flush(part)

    def close(self) -> None:
        """Write what still waits."""
        for part, waiting in enumerate(self._waiting):
            if waiting:
                self._flush(part)

    def _flush(self, part: int) -> None:
        with self._paths[part].open("ab") as stream:
            self._dump(self._waiting[part], stream)
        self._waiting[part].clear()


def spilled(folder: Path, kind: str, part: int, shares: int, *, plain: bool = False) -> Iterator[Item]:
    """Yield the items of a part, share by share."""
    load = marshal.load if plain else pickle.load
    for share in range(shares):
        path = folder / f"{kind}-{part}-{share}"
        if path.exists():
            with path.open("rb") as stream:
                while stream.peek(1):
                    yield from load(stream)


def part_of(name: str, parts: int) -> int:
    """Return the part to which the thing with this id belongs, the same in every process."""
    return crc32(name.encode("utf-8", "surrogatepass")) % parts


def order(table: int, line: int) -> int:
    """Return a number that tells where a row stands among all."""
    return table << _PLACE | line


def place(number: int) -> tuple[int, int]:
    """Return the number of the table, and the line, of the row with this order."""
    return number >> _PLACE, number & (1 << _PLACE) - 1


def forget(folder: Path, kinds: Iterable[str]) -> None:
    """Remove all that was put away of these kinds."""
    for kind in kinds:
        for path in folder.glob(f"{kind}-*"):
            path.unlink()


def _pickled(items: Sequence[Item], stream: IO[bytes]) -> None:
    pickle.dump(items, stream, pickle.HIGHEST_PROTOCOL)
