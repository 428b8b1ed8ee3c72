"""Files that only their owner can read, written so that whoever looks sees the old or the new, never a part."""

from pathlib import Path
from tempfile import NamedTemporaryFile


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to the file at ``path`` in one step; on a full disk nothing changes and nothing is left over."""
    part = NamedTemporaryFile("w", dir=path.parent, prefix=".", delete=False, encoding="utf-8")  # noqa: SIM115 - 0600
    try:
        with part:
            part.write(text)
        Path(part.name).replace(path)
    except OSError:
        Path(part.name).unlink(missing_ok=True)
        raise
