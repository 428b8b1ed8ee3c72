"""Templates as they were compiled before: a server that starts anew need not do it again, page by page."""

import os
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from graph_app import __version__

_OTHERS = 0o022  # who may write, besides the owner


class Compiled(FileSystemBytecodeCache):
    """Keeps code in ``folder``, if nobody but its owner can write there; without room it does without.

    What is kept belongs to one text of a template, to one version of Python, Jinja and Peyvand, and to filters and
    tests that are called in the same way. Otherwise, and if it is damaged, it is made anew.
    """

    def __init__(self, folder: Path) -> None:
        with suppress(OSError):
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        self._safe = _is_ours(folder)
        super().__init__(str(folder))

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return what is kept of a template, empty if nothing is that fits."""
        return super().get_bucket(environment, name, filename, f"{_made_for(environment)}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket``, if its template was kept."""
        if self._safe:
            try:
                super().load_bytecode(bucket)
            except Exception:  # noqa: BLE001 - whatever a damaged file makes of it
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep ``bucket``."""
        if self._safe:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def _is_ours(folder: Path) -> bool:
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS


def _made_for(environment: Environment) -> str:
    """Return what compiled code depends on, besides the text of its template."""
    called = {**environment.filters, **environment.tests}
    ways = [f"{name} {getattr(called[name], 'jinja_pass_arg', None)}" for name in sorted(called)]
    return "\n".join([jinja2.__version__, __version__, str(environment.autoescape is False), *ways])
