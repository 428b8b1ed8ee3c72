"""One file of the engine."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Jar:
    """One line of the lock file: Maven path, SHA-256 in hexadecimal, size in bytes."""

    path: str
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.path.rpartition("/")[2]
