"""The threads that plan and write, so that no page waits for them; what becomes of a draft is kept in it."""

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic, sleep

from graph_app.errors import N_, FullError, LoadError, PeyvandError, no_room
from graph_app.loading.drafts import Draft, Stage, State
from graph_app.loading.processes import BEAT, here
from loaders import entries
from loaders.progress import PHASES, Progress, Watch

__all__ = ["PHASES", "Work", "noting", "refused"]

_LOG = logging.getLogger(__name__)
_OFTEN = 0.2  # seconds between two notes of how far it is
_AGAIN = 1.0  # seconds until it is tried again to keep how the work ended


class Work:
    """The work of this process, by the id of its draft."""

    def __init__(self) -> None:
        self._threads: dict[str, Thread] = {}
        self._lock = Lock()

    def begin(
        self, draft: Draft, stage: Stage, job: Callable[[], State], otherwise: Callable[[PeyvandError], State]
    ) -> None:
        """Do ``job`` in the background, unless ``draft`` is being worked on, and keep in it how that ended.

        Parameters
        ----------
        draft
            What is worked on.
        stage
            Where it stands meanwhile.
        job
            The work; it returns the state to which it led.
        otherwise
            Tells the state after an error that people are meant to read.

        """
        with self._lock:
            if (running := self._threads.get(draft.id)) and running.is_alive():
                return
            draft.tell(State(stage, here()))
            thread = Thread(target=_do, args=(draft, job, otherwise), name=f"load {draft.id}", daemon=True)
            self._threads = {id_: one for id_, one in self._threads.items() if one.is_alive()} | {draft.id: thread}
            thread.start()

    def wait(self, draft: Draft, seconds: float) -> None:
        """Wait until the work on ``draft`` is over, for some seconds at most."""
        if thread := self._threads.get(draft.id):
            thread.join(seconds)

    def close(self, seconds: float) -> bool:
        """Wait until all work is over, for some seconds at most; say whether it is. The next run ends the rest."""
        last = monotonic() + seconds
        for thread in list(self._threads.values()):
            thread.join(max(0.0, last - monotonic()))
        return not any(thread.is_alive() for thread in self._threads.values())


def refused(stage: Stage, error: PeyvandError, runs: tuple[str, ...] = ()) -> State:
    """Return the state of a draft that did not come further, and why."""
    return State(stage, reason=entries.of_reason(error), runs=runs)


def noting(draft: Draft) -> Watch:
    """Return what keeps in ``draft`` how far its writing is: each new phase, and in between a few times a second."""
    last: dict[str, float] = {}

    def watch(progress: Progress) -> None:
        now = monotonic()
        if now - last.get(progress.phase, 0.0) >= _OFTEN or progress.done == progress.total:
            last[progress.phase] = now
            with suppress(OSError):  # a load goes on although nobody sees how far it is
                draft.tell(State("applying", here(), progress=progress))

    return watch


def _do(draft: Draft, job: Callable[[], State], otherwise: Callable[[PeyvandError], State]) -> None:
    over = Event()
    Thread(target=_beat, args=(draft, over), name=f"beat {draft.id}", daemon=True).start()
    try:
        _done(draft, job, otherwise)
    finally:
        over.set()


def _beat(draft: Draft, over: Event) -> None:
    while not over.wait(BEAT):
        draft.beat()


def _done(draft: Draft, job: Callable[[], State], otherwise: Callable[[PeyvandError], State]) -> None:
    try:
        try:
            state = job()
        except PeyvandError as error:
            state = otherwise(error)
        except Exception as error:
            if not no_room(error):
                raise
            _LOG.exception("the disk is full, and the work on the plan %s broke off", draft.id)
            state = otherwise(FullError())
    except Exception:  # noqa: BLE001 - the thread ends here, and whoever waits must learn that it did
        _LOG.exception("the work on the plan %s failed", draft.id)
        message = N_("Something went wrong on our side. The server's log has the details.")
        state = refused("failed", LoadError(message))
    _tell(draft, state)


def _tell(draft: Draft, state: State) -> None:
    """Keep how it ended, as soon as there is room for that: whoever looks sees it at work until then."""
    while True:
        try:
            draft.tell(state)
        except OSError:
            _LOG.exception("how the work on the plan %s ended cannot be written", draft.id)
            sleep(_AGAIN)
        else:
            return
