"""What a person can do with loads in the browser. The command line does the same with the same loaders."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from shutil import rmtree
from typing import IO

from graph_app.database import Database
from graph_app.database.locking import alone
from graph_app.database.tables import Load
from graph_app.errors import N_, LoadError, NotFoundError, PeyvandError, StoreError
from graph_app.graph.store import Store
from graph_app.loading.drafts import Asked, Draft, Drafts, State, Wishes, moment
from graph_app.loading.finding import found, made
from graph_app.loading.planned import opened, stale
from graph_app.loading.rejected import Mended, file_of
from graph_app.loading.sweeping import sweep
from graph_app.loading.work import Work, noting, refused
from graph_app.settings import Settings
from graph_app.uploads.limits import MEGABYTE, Limits
from graph_app.uploads.receiving import receive
from graph_app.uploads.scanning import Scanner
from graph_app.uploads.shelf import Shelf
from loaders import entries, filing, syncing
from loaders.guards import Accepted
from loaders.ledger import Ledger
from loaders.library import Library, library
from loaders.running import foreign, perform, settle
from loaders.undoing import LaterError

_PATIENCE = 2.0  # seconds in which most plans are made, so that their page needs no waiting


class Desk:
    """Loads of one graph, with its ledger; ``loaded`` is called after each."""

    def __init__(
        self, store: Store, database: Database, settings: Settings, *, loaded: Callable[[], None] = lambda: None
    ) -> None:
        self._loaded = loaded
        self.store, self.ledger = store, Ledger(database)
        self.limits = Limits.of(settings)
        self.shelf = Shelf(settings.home / "uploads", Scanner(settings).look)
        self._plans, self._edits = (Drafts(settings.home / name) for name in ("plans", "edits"))
        self.drafts = self._plans
        self.mappings = settings.mappings
        self.days = settings.number("PEYVAND_UPLOAD_DAYS")
        self._work = Work()

    def library(self) -> Library:
        """Return the mappings that there are now, those of the office's own folder included."""
        return library(self.mappings)

    def upload(self, sent: Iterable[tuple[str, IO[bytes]]], wishes: Wishes, who: str) -> Draft:
        """Keep the files that were ``sent`` and plan to load them; small plans are ready when this returns.

        Raises
        ------
        LoadError
            If the files cannot be taken.

        """
        self.sweep()
        received = receive(sent, self.shelf, self.limits)
        files = tuple(str(path) for path in received.paths)
        return self._planning(Asked(who, moment(), files, received.others, wishes))

    def sweep(self) -> None:
        """Take away what was sent or planned long ago and is of no use any more."""
        sweep((self._plans, self._edits), self.shelf, self.ledger.database, self.days)

    def again(self, draft: Draft, wishes: Wishes, who: str) -> Draft:
        """Plan ``draft`` anew, read as ``wishes`` say; the earlier plan goes."""
        self.discard(draft)
        return self._planning(replace(draft.asked, wishes=wishes, who=who, at=moment()))

    def undo(self, load: Load, who: str) -> Draft:
        """Plan to take ``load`` back."""
        return self._planning(Asked(who, moment(), undoes=load.run))

    def mend(self, mended: Mended, who: str) -> Draft:
        """Plan to load rows that were rejected and are mended now.

        Raises
        ------
        LoadError
            If no row is left.

        """
        path = file_of(mended, self.shelf)
        return self._planning(Asked(who, moment(), (str(path),), wishes=Wishes(mended.mapping), mends=mended.of))

    def apply(self, draft: Draft, who: str, accepted: Accepted) -> None:
        """Write the plan of ``draft`` in the background; nothing happens if it is being written, or was.

        ``accepted`` has the numbers that somebody accepts where a guard stops the plan.
        """
        if draft.state.stage in {"planned", "cut", "failed"} and draft.plan.exists():
            self._writing(draft, partial(self._write, draft, who, accepted))

    def finish(self, cut: Load, who: str) -> Draft:
        """Bring the run ``cut``, which was cut off, to its end in the background."""
        draft = self.drafts.add(Asked(who, moment(), finishes=cut.run), "applying")
        self._writing(draft, partial(self._finish, draft, cut, who))
        return draft

    def close(self, seconds: float) -> bool:
        """Wait for what is planned or written in the background, for some seconds at most; say whether it is done."""
        return self._work.close(seconds)

    def discard(self, draft: Draft) -> None:
        """Forget a plan. Its files stay on the shelf: a run may have read them."""
        rmtree(draft.folder, ignore_errors=True)

    def too_large(self) -> LoadError:
        """Return the refusal of a form that holds too much."""
        message = N_("More than %(most)s MB were sent. Send less at once, or load it from the command line.")
        return LoadError(message, most=self.limits.size // MEGABYTE)

    def reason(self, load: Load) -> PeyvandError | None:
        """Return why ``load`` failed, if it did."""
        return entries.reason(load.reason) if load.reason else None

    def load(self, run: str) -> Load:
        """Return the run with this id.

        Raises
        ------
        NotFoundError
            If the ledger does not know it.

        """
        try:
            return self.ledger.load(run)
        except LoadError as error:
            message = N_("The ledger knows no run “%(run)s”. Another installation may have made it.")
            raise NotFoundError(message, run=run) from error

    def hindrance(self) -> PeyvandError | None:
        """Return why nobody can load this graph from here; None if nothing is in the way. Not while it is away."""
        try:
            state = syncing.state(self.store)
        except StoreError as error:
            return error
        return foreign(state) if state.installation not in (None, self.ledger.installation) else None

    def unfinished(self) -> tuple[Load, bool] | None:
        """Return the run that did not come to its end, and whether somebody is at work on it now."""
        try:
            graph = syncing.state(self.store).graph
        except StoreError:
            return None
        if (cut := self.ledger.unfinished(graph)) is None:
            return None
        with alone(self.ledger.database) as free:
            return cut, not free

    def _planning(self, asked: Asked) -> Draft:
        draft = self.drafts.add(asked, "planning")
        self._work.begin(draft, "planning", partial(self._plan, draft), partial(refused, "refused"))
        self._work.wait(draft, _PATIENCE)
        return draft

    def _plan(self, draft: Draft) -> State:
        try:
            work, left = made(self.store, self.ledger, self.library(), draft.asked)
        except LaterError:
            run = draft.asked.undoes or ""
            if not (later := self.ledger.later(self.ledger.load(run))):
                raise
            message = N_("Later runs changed what %(run)s wrote. Undo those first, the newest before the others.")
            return refused("refused", LoadError(message, run=run), tuple(reversed(later)))
        filing.save(work, draft.plan)
        draft.keep(found(self.store, draft.asked, work, left))
        if not work.plan.changes:
            self.ledger.keep(work)
        return State("planned")

    def _writing(self, draft: Draft, job: Callable[[], State]) -> None:
        self._work.begin(draft, "applying", job, partial(self._broken_off, draft))

    def _write(self, draft: Draft, who: str, accepted: Accepted) -> State:
        work, watch = opened(draft), noting(draft)
        settle(self.store, self.ledger, who, _unsaid, but=work.undoes, watch=watch)
        if earlier := self.ledger.applied(work.digest, syncing.state(self.store).graph):
            return State("done", run=earlier.run)
        if moved := stale(self.store, self.ledger, work):
            raise LoadError(N_("Nothing was written: %(reason)s. Plan again."), reason=moved[0])
        run = perform(self.store, self.ledger, work, who, _unsaid, accepted=accepted, watch=watch)
        self._loaded()
        return State("done", run=run)

    def _finish(self, draft: Draft, cut: Load, who: str) -> State:
        settle(self.store, self.ledger, who, _unsaid, watch=noting(draft))
        self._loaded()
        return State("done", run=cut.run)

    def _broken_off(self, draft: Draft, error: PeyvandError) -> State:
        """Return the state of a draft whose writing ended in ``error``: before the first write, or after it."""
        cut = self.ledger.unfinished(syncing.state(self.store).graph)
        begun = draft.asked.finishes or (cut is not None and cut.plan == opened(draft).digest)
        return refused("failed" if begun else "planned", error)


def _unsaid(_note: PeyvandError) -> None:
    """Say nothing: the page tells what was finished, and what moved makes the plan stale."""
