"""Loading as a user meets it: commands as processes of their own, their time and their memory."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.installation import ROOT, Bench

_KIB = 1024  # in a MiB; the kernel counts in them


@dataclass(frozen=True)
class Taken:
    """What a command took: ``seconds`` from start to end, and the most memory that it held, in MiB."""

    seconds: float
    mebibytes: float


def load(bench: Bench, files: Path) -> Taken:
    """Load the folder ``files`` into the graph, with all that the ledger keeps of it."""
    return _run(bench, "apply", str(files), "--yes")


def planned(bench: Bench, files: Path) -> Taken:
    """Plan the folder ``files``, which was loaded; exit code 0 says that nothing would change."""
    return _run(bench, "plan", str(files))


def _run(bench: Bench, *arguments: str) -> Taken:
    values = {**bench.settings.values, "PYTHONPYCACHEPREFIX": str(bench.folder / "bytecode")}
    environment = {**os.environ, **values}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has its bytecode
    command = [sys.executable, "-m", "graph_app", "load", *arguments]
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise AssertionError(f"peyvand load {' '.join(arguments)} ended with {child.returncode}")
    return Taken(time.perf_counter() - begin, used.ru_maxrss / _KIB)
