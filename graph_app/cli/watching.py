"""``peyvand load watch``: what is put into a folder is planned, and loaded if that is wanted."""

import io
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.load import planned, sparing
from graph_app.cli.plans import show_plan
from graph_app.cli.rejects import write_rejects
from graph_app.database.tables import Load
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders import dropping, filing, syncing
from loaders.dropping import DropFolder, End, exports_in
from loaders.ledger import Ledger
from loaders.library import library
from loaders.promise import Promise, fingerprint
from loaders.running import perform, settle


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--mapping", "wanted", help="Name of a mapping, or a mapping file. Default: the one that fits.")
@click.option("--apply", "applying", is_flag=True, help="Load what no reject and no guard stands against.")
@click.option("--once", is_flag=True, help="Look once, then stop.")
@click.option("--every", default=5.0, show_default=True, help="Seconds between two looks.")
@click.option("--quiet", default=10.0, show_default=True, help="Seconds in which no file of a set may change.")
def watch(folder: Path, wanted: str | None, *, applying: bool, once: bool, every: float, quiet: float) -> None:
    """Watch FOLDER: plan what is put there, and keep the plan until somebody applies it, or apply it."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(stop))
    drop = DropFolder(folder, quiet)
    with open_store() as store, open_ledger() as ledger:
        watcher = _Watcher(store, ledger, drop, wanted, applying)
        say(gettext(N_("Watching %(folder)s. Stop with Ctrl-C.")) % {"folder": folder})
        watcher.look()
        if once:
            stop.wait(quiet)
            watcher.look()
        while not (once or stop.wait(every)):
            watcher.look()
    say(gettext(N_("Stopped; what waits is looked at again next time.")))


def _stopper(stop: threading.Event) -> "signal._HANDLER":
    """Return what is done on a signal: the load at work is finished first, a second signal breaks it off."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    return handle


@dataclass
class _Watcher:
    """One who watches. ``planned`` has the digest and the load count of each plan that waits, by its folder."""

    store: Store
    ledger: Ledger
    drop: DropFolder
    wanted: str | None
    applying: bool
    planned: dict[Path, tuple[str, int]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Take what is quiet, and go on with all that waits. What goes wrong with the server is tried again."""
        for files in self.drop.ready():
            for group in _grouped(files, self.wanted):
                self.drop.take(group)
        for folder in self.drop.waiting():
            try:
                self._go_on(folder)
            except PeyvandError as error:
                self._say_once(folder, told(error))

    def _go_on(self, folder: Path) -> None:
        if folder not in self.planned and (folder / dropping.PLAN).exists():
            made = filing.opened(folder / dropping.PLAN)
            self.planned[folder] = (made.digest, made.state.serial)
        state = syncing.state(self.store)
        digest, serial = self.planned.get(folder, ("", -1))
        if digest and (run := self.ledger.applied(digest, state.graph)):
            self._end(folder, "done", _sentence(N_("Loaded by the run %(run)s."), run=run.run))
        elif serial != state.serial:
            self._plan(folder)

    def _plan(self, folder: Path) -> None:
        """Plan the set in ``folder``, now or anew because the graph was loaded meanwhile."""
        if run := self._loaded(folder):
            message = N_("These very files were loaded already, by the run %(run)s; they are not loaded twice.")
            self._end(folder, "done", _sentence(message, run=run.run))
            return
        (folder / dropping.REJECTS).unlink(missing_ok=True)
        report = io.StringIO()
        try:
            settle(self.store, self.ledger, who(), lambda note: say(told(note)))
            with redirect_stdout(report):
                made = sparing(self.ledger, planned(self.store, self.ledger, folder, self.wanted))
                show_plan(made.plan, changes=False)
        except LoadError as error:
            self._end(folder, "failed", told(error))
            return
        if made.plan.rejects:
            write_rejects(made.plan.rejects, folder / dropping.REJECTS)
        self._decide(folder, made, report.getvalue())

    def _decide(self, folder: Path, made: Promise, report: str) -> None:
        """Load the plan, or keep it until somebody does."""
        if not made.plan.changes:
            self.ledger.keep(made)
            end: End = "failed" if made.plan.rejects else "done"
            self._end(folder, end, f"{report}{_sentence(N_('There is nothing to change.'))}")
            return
        filing.save(made, folder / dropping.PLAN)
        (folder / dropping.REPORT).write_text(report, encoding="utf-8")
        self.planned[folder] = (made.digest, made.state.serial)
        if self.applying and not made.plan.rejects:
            run = perform(self.store, self.ledger, made, who(), lambda note: say(told(note)))
            self._end(folder, "done", f"{report}{_sentence(N_('Loaded by the run %(run)s.'), run=run)}")
            return
        plan = folder / dropping.PLAN
        message = N_(
            "%(files)s wait for somebody to look: peyvand load show %(plan)s, then: peyvand load apply %(plan)s"
        )
        say(_sentence(message, files=_names(folder), plan=plan))

    def _loaded(self, folder: Path) -> Load | None:
        """Return the run that loaded all the files in ``folder`` and was not undone since."""
        wanted = {fingerprint(path)[0] for path in exports_in(folder)}
        graph = syncing.state(self.store).graph
        standing = (load for load in self.ledger.loads() if load.state == "done" and load.graph == graph)
        return next((load for load in standing if wanted <= {file.sha256 for file in self.ledger.files(load)}), None)

    def _end(self, folder: Path, end: End, report: str) -> None:
        names = _names(folder)
        target = self.drop.finish(folder, end, report + "\n")
        self.planned.pop(folder, None)
        say(f"{names}: {report.strip().splitlines()[-1]} → {target}")

    def _say_once(self, folder: Path, sentence: str) -> None:
        line = f"{folder}: {sentence}"
        if line not in self.said:
            self.said.add(line)
            say(line)


def _grouped(files: Sequence[Path], wanted: str | None) -> Iterator[list[Path]]:
    """Yield ``files`` in sets that one mapping fits: all of them, or those that fit the same one each by itself."""
    known = library(Settings.read().mappings)
    try:
        if wanted is None:
            known.fitting(files)
    except LoadError:
        groups: dict[str, list[Path]] = {}
        for path in files:
            groups.setdefault(_fit(path), []).append(path)
        yield from groups.values()
        return
    yield list(files)


def _fit(path: Path) -> str:
    try:
        return library(Settings.read().mappings).fitting([path]).mapping.mapping
    except LoadError:
        return ""


def _names(folder: Path) -> str:
    return ", ".join(path.name for path in exports_in(folder))


def _sentence(message: str, **values: object) -> str:
    said: Mapping[str, object] = values
    return gettext(message) % said if said else gettext(message)
