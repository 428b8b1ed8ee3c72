"""One who loads, edits and takes back without end while the server fails; what breaks off is tried again."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from graph_app._layout import EXAMPLES
from graph_app.errors import LoadError, StoreError
from graph_app.graph.store import Store
from loaders.ledger import Ledger
from loaders.mapping import MAPPINGS, load
from loaders.promise import promise
from loaders.running import perform, settle
from loaders.undoing import taken_back

EDITED = "MATCH (t:Topic {id: 'topic:quranic-cooperation'}) RETURN t.name_en AS name"
NAME = "Quranic cooperation"
_BACK_WITHIN = 600.0  # seconds until trying again is given up
_WHO = "kills"
_RULES = load(MAPPINGS / "founding.yaml")


@dataclass
class Work:
    """Loads, edits and undoings, one after the other, and what was reported as done."""

    store: Store
    ledger: Ledger
    folder: Path
    done: int = 0  # edits that were reported as done; each writes its number
    runs: list[str] = field(default_factory=list)  # that were reported as done
    again: int = 0  # times that something broke off and was tried again
    wrong: list[BaseException] = field(default_factory=list)

    def edit(self, number: int) -> None:
        """Load one changed name."""
        text = (EXAMPLES / "founding" / "topics.csv").read_text(encoding="utf-8")
        (self.folder / "topics.csv").write_text(text.replace(NAME, f"{NAME} {number}", 1), encoding="utf-8")
        self._load([self.folder / "topics.csv"])
        self.done = number

    def whole(self) -> str:
        """Load the whole example."""
        return self._load([EXAMPLES / "founding" / file for file in _RULES.by_file])

    def undo(self, run: str) -> None:
        """Take a load back."""

        def once() -> str:
            work = taken_back(self.store, self.ledger, self.ledger.load(run))
            return perform(self.store, self.ledger, work, _WHO, lambda _note: None)

        if self.ledger.load(run).state == "done":
            self._patiently(once)

    def _load(self, paths: list[Path]) -> str:
        def once() -> str:
            work = promise(self.store, paths, _RULES)
            return perform(self.store, self.ledger, work, _WHO, lambda _note: None) if work.plan.changes else ""

        return self._patiently(once)

    def _patiently(self, work: Callable[[], str]) -> str:
        """Do ``work``, after finishing what was cut off; try again while the server is away."""
        deadline = time.monotonic() + _BACK_WITHIN
        while True:
            try:
                settle(self.store, self.ledger, _WHO, lambda _note: None)
                run: str = work()
            except (StoreError, LoadError):
                self.again += 1
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
                continue
            if run:
                self.runs.append(run)
            return run

    def all_day(self, ended: Event) -> None:
        """Edit, load and take back until ``ended``."""
        number = self.done
        try:
            while not ended.is_set():
                number += 1
                self.edit(number)
                if number % 4 == 0 and (run := self.whole()):
                    self.undo(run)
        except BaseException as error:  # noqa: BLE001 - raised by who waits for it
            self.wrong.append(error)


@contextmanager
def at_work(work: Work) -> Iterator[None]:
    """Let ``work`` go on during the ``with``; it comes to the end of what it has begun."""
    ended = Event()
    thread = Thread(target=work.all_day, args=(ended,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_BACK_WITHIN)
    if work.wrong:
        raise work.wrong[0]
    if thread.is_alive():
        raise AssertionError("the load does not come to its end")
