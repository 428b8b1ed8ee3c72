"""The first changes of a run, given to the server while the ledger keeps the run: the commit waits for the ledger.

The two work at the same time so, and the ledger still has the run before the graph has anything of it. Whatever comes
between, a run that the ledger refuses, a change that the server refuses, a line that breaks, leaves the graph as it was
or the whole head start in it, and the count of the changes in it says which: the run goes on behind that.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from itertools import islice
from queue import SimpleQueue

from neo4j.exceptions import DriverError, Neo4jError

from graph_app.errors import PeyvandError
from graph_app.graph.store import Store
from graph_app.graph.writer import BATCH
from loaders import applying, following, syncing
from loaders.batches import batches_of, made_ahead, put
from loaders.plan import Plan

_LEAST = BATCH  # changes: a run of fewer is kept so soon that it needs no head start
_MOST = 10  # batches in one transaction, which must find their place in the memory of the server
_SECONDS = 120.0
_GIVEN_UP = (Neo4jError, DriverError, PeyvandError, OverflowError, ValueError, TypeError)


@contextmanager
def head_start(store: Store, plan: Plan, run: str) -> Iterator[None]:
    """Write the first changes of ``plan`` during the ``with``; they are committed at its end, if it comes to that.

    Parameters
    ----------
    store
        The graph, prepared for writing.
    plan, run
        What to write, and the id of the run.

    """
    if len(plan.entities) + len(plan.ties) <= _LEAST:
        yield
        return
    kept = SimpleQueue[bool]()
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as worker:
        worker.submit(_write, store, plan, run, kept)
        try:
            yield
        except BaseException:
            kept.put(False)
            raise
        kept.put(True)


def _write(store: Store, plan: Plan, run: str, kept: "SimpleQueue[bool]") -> None:
    """Write until it is said whether the ledger has kept the run; what goes wrong shows again when the run goes on."""
    with (
        suppress(*_GIVEN_UP),
        closing(made_ahead(islice(batches_of(applying.sections(plan, run)), _MOST))) as batches,
        store.session() as session,
        session.begin_transaction(timeout=_SECONDS) as open_,
    ):
        syncing.enter(open_, run, applying.LAYOUT, following.VERSION, public=plan.public)
        while kept.empty() and (batch := next(batches, None)):
            put(open_, run, batch, batch.section.ways[0])
        if kept.get():
            open_.commit()
        else:
            open_.rollback()  # to leave it would commit it
