"""``peyvand load watch``: what is put into a folder is planned, and loaded if that is wanted."""

import io
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.load import planned, sparing
from graph_app.cli.plans import show_plan
from graph_app.cli.rejects import write_rejects
from graph_app.cli.telling import tell_watchers
from graph_app.database.tables import Load
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders import dropping, filing, syncing
from loaders.dropping import DropFolder, End, exports_in
from loaders.ledger import Ledger
from loaders.library import Library, library
from loaders.mapping import MappingFile
from loaders.promise import Promise, fingerprint, rules_of
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
    """One who watches. ``plans`` has the digest and the load count of each plan that waits, by its folder."""

    store: Store
    ledger: Ledger
    drop: DropFolder
    wanted: str | None
    applying: bool
    plans: dict[Path, tuple[str, int]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Take what is quiet, and go on with all that waits. What a server or a disk refuses is tried again."""
        with self._going_on(self.drop.root):
            for files in self.drop.ready():
                for group in _grouped(self._mappings(), files, self.wanted):
                    self.drop.take(group)
        for folder in self.drop.waiting():
            with self._going_on(folder):
                self._go_on(folder)

    def _go_on(self, folder: Path) -> None:
        state = syncing.state(self.store)
        known = self.plans.get(folder) or _kept(folder)
        if known and (run := self.ledger.applied(known[0], state.graph)):
            self._end(folder, "done", _sentence(N_("Loaded by the run %(run)s."), run=run.run))
        elif known is None or known[1] != state.serial or (self.applying and folder not in self.plans):
            self._plan(folder)
        else:
            self.plans[folder] = known

    def _plan(self, folder: Path) -> None:
        """Plan the set in ``folder``, now or anew because the graph was loaded meanwhile."""
        settle(self.store, self.ledger, who(), lambda note: say(told(note)))
        if run := self._loaded(folder):
            message = N_("These very files were loaded already, by the run %(run)s; they are not loaded twice.")
            self._end(folder, "done", _sentence(message, run=run.run))
            return
        (folder / dropping.REJECTS).unlink(missing_ok=True)
        report = io.StringIO()
        try:
            with redirect_stdout(report):
                made = sparing(self.ledger, planned(self.store, self.ledger, folder, self.wanted))
                _all_read(folder, self._mappings().named(self.wanted or made.plan.mapping).mapping)
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
            self._end(folder, end, report + _sentence(N_("There is nothing to change.")))
            return
        filing.save(made, folder / dropping.PLAN)
        (folder / dropping.REPORT).write_text(report, encoding="utf-8")
        if self.applying and not made.plan.rejects and (run := self._applied(folder, made)):
            self._end(folder, "done", report + _sentence(N_("Loaded by the run %(run)s."), run=run))
            return
        self.plans[folder] = (made.digest, made.state.serial)
        plan = folder / dropping.PLAN
        message = N_(
            "%(files)s wait for somebody to look: peyvand load show %(plan)s, then: peyvand load apply %(plan)s"
        )
        say(_sentence(message, files=_names(folder), plan=plan))

    def _applied(self, folder: Path, made: Promise) -> str | None:
        """Write the plan and return the run; None, with the reason told, if a guard or another load refuses it."""
        try:
            run = perform(self.store, self.ledger, made, who(), lambda note: say(told(note)))
        except LoadError as error:
            self._say_once(folder, told(error))
            return None
        tell_watchers(self.store, self.ledger.database)
        return run

    def _loaded(self, folder: Path) -> Load | None:
        """Return the run that loaded all the files in ``folder`` by the rules of today and was not undone since."""
        wanted = {fingerprint(path)[0] for path in exports_in(folder)}
        known, graph = self._mappings(), syncing.state(self.store).graph
        found = [one.mapping for one in (known.found if self.wanted is None else [known.named(self.wanted)])]
        rules = set(map(rules_of, found))
        standing = (load for load in self.ledger.loads() if load.state == "done" and load.graph == graph)
        held = (load for load in standing if wanted <= {file.sha256 for file in self.ledger.files(load)})
        return next((load for load in held if load.rules in rules), None)

    def _mappings(self) -> Library:
        """Return the mappings as they are now: a file of the user's may have changed since."""
        return library(Settings.read().mappings)

    def _end(self, folder: Path, end: End, report: str) -> None:
        names = _names(folder)
        target = self.drop.finish(folder, end, report + "\n")
        self.plans.pop(folder, None)
        say(f"{names}: {report.strip().splitlines()[-1]} → {target}")

    @contextmanager
    def _going_on(self, folder: Path) -> Iterator[None]:
        """Tell what is refused, once, and go on with the next."""
        try:
            yield
        except PeyvandError as error:
            self._say_once(folder, told(error))
        except OSError as error:
            self._say_once(folder, str(error))

    def _say_once(self, folder: Path, sentence: str) -> None:
        line = f"{folder}: {sentence}"
        if line not in self.said:
            self.said.add(line)
            say(line)


def _grouped(known: Library, files: Sequence[Path], wanted: str | None) -> Iterator[list[Path]]:
    """Yield ``files`` in sets that are loaded together: those that one mapping fits, then those of none."""
    groups: dict[str, list[Path]] = {}
    for path in files:
        groups.setdefault(_fit(known, wanted, files, path), []).append(path)
    yield from groups.values()


def _fit(known: Library, wanted: str | None, files: Sequence[Path], path: Path) -> str:
    """Return the mapping of ``path``: the one that is wanted, that fits all ``files``, or that fits it alone."""
    for together in (files, [path]):
        try:
            found = known.fitting(together) if wanted is None else known.named(wanted)
        except LoadError:
            continue
        if found.mapping.tables_in(path):
            return found.mapping.mapping
    return ""


def _kept(folder: Path) -> tuple[str, int] | None:
    """Return the digest and the load count of the plan that is kept in ``folder``; None if there is none to be read."""
    try:
        made = filing.opened(folder / dropping.PLAN)
    except LoadError:
        return None
    return made.digest, made.state.serial


def _all_read(folder: Path, mapping: MappingFile) -> None:
    """Refuse a plan that leaves a file of its set aside: nobody would look at that file again."""
    for path in exports_in(folder):
        if not mapping.tables_in(path):
            message = N_("The mapping %(mapping)s has no table for %(file)s.")
            raise LoadError(message, mapping=mapping.mapping, file=path.name)


def _names(folder: Path) -> str:
    return ", ".join(path.name for path in exports_in(folder))


def _sentence(message: str, **values: object) -> str:
    said: Mapping[str, object] = values
    return gettext(message) % said if said else gettext(message)
