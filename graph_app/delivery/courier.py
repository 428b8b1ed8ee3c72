"""Looking and delivering beside the app: after every load, whoever loaded, and when something is due again."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from graph_app.catalog import Catalog, Question
from graph_app.catalog.vetting import Vetting
from graph_app.database import Database
from graph_app.delivery.sending import Sent, deliver
from graph_app.errors import PeyvandError
from graph_app.graph.store import Store
from graph_app.settings import Settings
from graph_app.watches.checking import Checked, check

EVERY = 60.0  # seconds between two looks at whether another process has loaded
_LOG = logging.getLogger(__name__)


class Courier:
    """One who looks at what is watched and delivers what was found.

    Parameters
    ----------
    store, database, settings
        Of this run.
    catalog
        The saved questions.
    vetting
        What the gate says to each of them.

    """

    def __init__(
        self, store: Store, database: Database, settings: Settings, catalog: Catalog, vetting: Vetting
    ) -> None:
        self.store, self.database, self.settings = store, database, settings
        self._catalog, self._vetting = catalog, vetting
        self._wanted, self._stopped = Event(), Event()
        self._thread: Thread | None = None

    def check(self) -> Checked:
        """Look at what is watched. Errors as for ``watches.check``."""
        return check(self.store, self.database, self._find)

    def deliver(self) -> Sent:
        """Send what is due."""
        return deliver(self.database, self.settings)

    def begin(self) -> None:
        """Go on in the background, until ``stop``."""
        self._thread = Thread(target=self._work, name="courier", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look now: something was loaded."""
        self._wanted.set()

    def stop(self) -> None:
        """Stop after what is being sent now, for some seconds at most."""
        self._stopped.set()
        self._wanted.set()
        if self._thread:
            self._thread.join(5)

    def _find(self, name: str) -> Question:
        question = self._catalog.question(name)
        self._vetting.refuse(self.store, question)
        return question

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._wanted.clear()
            for step in (self.check, self.deliver):
                self._try(step)
            self._wanted.wait(EVERY)

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except PeyvandError as error:
            _LOG.warning("what is watched could not be looked at or told: %s", error)
        except Exception:  # noqa: BLE001 - the thread must outlive it
            _LOG.exception("what is watched could not be looked at or told")
