"""The plan of a draft as it was kept, and what moved since."""

from functools import lru_cache
from pathlib import Path

from graph_app.errors import PeyvandError
from graph_app.graph.store import Store
from graph_app.loading.drafts import Draft, away
from graph_app.loading.steps import Changes
from loaders import filing, guards
from loaders.decisions import Decisions
from loaders.ledger import Ledger
from loaders.plan import Block
from loaders.promise import Promise

__all__ = ["GUARDS", "Block", "Promise", "changes_of", "numbers", "opened", "stale", "told"]

GUARDS = (guards.REMOVALS, guards.REJECTS, guards.UPDATES, guards.ROWS)
numbers, told = guards.numbers, guards.told


def opened(draft: Draft) -> Promise:
    """Return the plan of ``draft``; the last ones are kept in memory, since each page of a plan asks for it.

    Raises
    ------
    NotFoundError
        If there is none: it was discarded meanwhile, or the draft finishes a run.
    LoadError
        If it cannot be read.

    """
    return _opened(draft.plan, _written(draft))


def changes_of(draft: Draft) -> Changes:
    """Return the changes of the plan of ``draft``; errors as for ``opened``."""
    return _changes(draft.plan, _written(draft))


def stale(store: Store, ledger: Ledger, work: Promise) -> list[PeyvandError]:
    """Return why ``work`` cannot be written any more; nothing if it can."""
    return list(filing.moved(store, work, Decisions(ledger.database).merges()))


def _written(draft: Draft) -> int:
    try:
        return draft.plan.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise away(draft.id) from error


@lru_cache(maxsize=2)
def _changes(path: Path, written: int) -> Changes:
    return Changes(tuple(_opened(path, written).plan.steps()))


@lru_cache(maxsize=2)
def _opened(path: Path, _written: int) -> Promise:
    return filing.opened(path)
