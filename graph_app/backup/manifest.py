"""What a backup says of itself: from which version, how much it holds, and digests of all of it."""

import hashlib
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

FORMAT = 1
_BITS = 256
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]


class Sum:
    """A digest of lines in any order: two databases sort the same text in different ways."""

    def __init__(self) -> None:
        self._count, self._sum = 0, 0

    def add(self, line: str) -> None:
        """Count one line."""
        self._count += 1
        number = int.from_bytes(hashlib.blake2b(line.encode(), digest_size=_BITS // 8).digest(), "big")
        self._sum = (self._sum + number) % (1 << _BITS)

    def mark(self) -> "Mark":
        """Return the mark of the lines that were counted."""
        return Mark(count=self._count, digest=f"{self._sum:064x}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mark(_Part):
    """How many lines there are, and their digest."""

    count: Count
    digest: Sha256


class Member(_Part):
    """One file in the backup: how large it is unpacked, and its SHA-256."""

    size: Count
    sha256: Sha256


class GraphMark(_Part):
    """The graph: its digest as ``peyvand load digest`` prints it, that of all of it, and its ties."""

    digest: Sha256
    image: Mark
    ties: Count


class Manifest(_Part):
    """The file ``manifest.json`` in a backup. ``revision`` is that of the tables of the application database."""

    format: int
    peyvand: Annotated[str, Field(max_length=40)]
    made_at: datetime
    server: Annotated[str, Field(max_length=40)]
    revision: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    graph: GraphMark
    tables: dict[str, Mark]
    members: dict[str, Member]
