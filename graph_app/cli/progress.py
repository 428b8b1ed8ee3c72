"""How far a load is, in the terminal: a bar for each phase, its rate and the time left; nothing where nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from graph_app.language import gettext
from loaders.progress import PHASES, Phase, Progress, Watch, nobody


@contextmanager
def shown() -> Iterator[Watch]:
    """Give a watcher that draws on standard error; one that draws nothing if that is no terminal."""
    if not sys.stderr.isatty():
        yield nobody
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        yield _Drawn(bars)


class _Drawn:
    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[Phase, TaskID] = {}

    def __call__(self, step: Progress) -> None:
        task = self._tasks.get(step.phase)
        if task is None or self._bars.tasks[task].finished:
            task = self._tasks[step.phase] = self._bars.add_task(gettext(PHASES[step.phase]), total=step.total, rate="")
        rate = f"{step.rate:,.0f}/s" if step.rate else ""
        self._bars.update(task, completed=step.done, total=step.total, rate=rate)
