"""Templates as they were compiled before: a server that starts anew need not do it again, page by page."""

from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class Compiled(FileSystemBytecodeCache):
    """Keeps code in ``folder``, which only its owner can enter; without room, or the right to write, it does without.

    What is kept belongs to one text of a template and one version of Jinja and Python: otherwise it is made anew.
    """

    def __init__(self, folder: Path) -> None:
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(str(folder))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket``, if its template was kept."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep ``bucket``."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
