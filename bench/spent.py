"""Planning a load in bulk in one process, and on what its processor seconds are spent, module by module."""

import pstats
import re
from collections import Counter
from cProfile import Profile
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.installation import ROOT
from loaders.mapping import shipped
from loaders.progress import nobody
from loaders.reading import NOTHING_SAID
from loaders.staging.planning import stage
from loaders.staging.task import Task

_MOST = 18  # modules that are told
_STEPS = {
    "reading the exports, compiling their rows": ("loaders/staging/compiling.py", "compiled"),
    "looking for what nobody defines": ("loaders/staging/resolving.py", "undefined"),
    "folding claims, and writing the files for the tool and the ledger": ("loaders/staging/folding.py", "folded"),
}


def planning(exports: Path) -> str:
    """Return, as text of the page, what planning the exports in the folder ``exports`` spends its time on."""
    mapping = next(one for one in shipped() if one.mapping == "world")
    files = tuple(sorted(exports.glob("*.csv")))
    with TemporaryDirectory() as name:
        (away := Path(name) / "away").mkdir()
        (written := Path(name) / "written").mkdir()
        begin = perf_counter()
        stage(_alone(files, mapping, away), written, nobody)
        took = perf_counter() - begin
    with TemporaryDirectory() as name, Profile() as profile:
        (away := Path(name) / "away").mkdir()
        (written := Path(name) / "written").mkdir()
        stage(_alone(files, mapping, away), written, nobody)
    stats = pstats.Stats(profile)
    return f"In one process it takes {took:.1f} s; the profiler makes that longer.\n\n{_told(stats)}"


def _alone(files: tuple[Path, ...], mapping: object, away: Path) -> Task:
    task = Task.of(files, mapping, NOTHING_SAID, away)  # type: ignore[arg-type]
    return Task(task.files, task.mapping, task.said, task.folder, task.parts, 1)


def _told(stats: pstats.Stats) -> str:
    rows, own = Counter[str](), Counter[str]()  # of seconds
    for (file, _line, name), (_calls, _all, spent, within, _callers) in stats.stats.items():  # type: ignore[attr-defined]
        own[_module(file, name)] += spent
        for step, (module, function) in _STEPS.items():
            if file.endswith(module) and name == function:
                rows[step] += within
    whole = own.total()
    rows["the rest"] = whole - rows.total()
    return f"{_table('step', rows, whole)}\n\n{_table('module or function, itself', own, whole)}"


def _table(head: str, spent: Counter[str], whole: float) -> str:
    lines = [f"| {name} | {took:.1f} s | {100 * took / whole:.0f} % |" for name, took in spent.most_common(_MOST)]
    return "\n".join([f"| {head} | with the profiler | share |", "|---|---|---|", *lines])


def _module(file: str, name: str) -> str:
    """Return what is told of a function: our module, the package of a library, or itself if it is built in."""
    if file == "~":
        return name.strip("<>")
    path = Path(file)
    if path.is_relative_to(ROOT):
        return str(path.relative_to(ROOT))
    found = re.search(r"site-packages/([^/.]+)|python3\.\d+/([^/.]+)", file)
    return (found[1] or found[2]) if found else file
