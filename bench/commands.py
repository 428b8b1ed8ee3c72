"""Commands as a user meets them: processes of their own, their time and their memory."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.installation import ROOT, Bench

_KIB = 1024  # in a MiB; the kernel counts in them

# The kernel counts what a process was forked from as its own, so a small one stands between the bench and the command.
_WATCHED = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""


@dataclass(frozen=True)
class Taken:
    """What a command took: ``seconds`` from start to end, and the most memory that it held, in MiB."""

    seconds: float
    mebibytes: float


def planned(bench: Bench, files: Path) -> Taken:
    """Plan the folder ``files``, which was loaded; exit code 0 says that nothing would change."""
    return python(bench, "-m", "graph_app", "load", "plan", str(files))


def version(bench: Bench) -> Taken:
    """Have the version told, which is the least that a command does."""
    return python(bench, "-m", "graph_app", "version")


def python(bench: Bench, *arguments: str) -> Taken:
    """Run Python in a process of its own, with the bytecode that an installation has from the second time on."""
    command, environment = [sys.executable, *arguments], environment_of(bench)
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-S", "-c", _WATCHED, *command], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    seconds = time.perf_counter() - begin
    status, memory = map(int, done.stdout.split())
    if status:
        raise AssertionError(f"{' '.join(arguments)} ended with {status}")
    return Taken(seconds, memory / _KIB)


def environment_of(bench: Bench) -> dict[str, str]:
    """Return the environment of such a process."""
    values = {**bench.settings.values, "PYTHONPYCACHEPREFIX": str(bench.folder / "bytecode"), "PYTHONUNBUFFERED": "1"}
    environment = {**os.environ, **values}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
