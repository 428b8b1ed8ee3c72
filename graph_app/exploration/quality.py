"""What in the data wants a look: lists of rows, each with its count; nothing here is an error that stops anybody."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from graph_app.errors import N_, NotFoundError, TimeLimitError
from graph_app.exploration.claims import EVIDENCE, claimed
from graph_app.graph.results import Table, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

CHECKS = (
    "unsourced_entities",
    "unsourced_ties",
    "missing_sources",
    "conflicting_values",
    "conflicting_ties",
    "conflicting_statuses",
    "incomplete_dates",
    "undated_events",
    "unresolved_seats",
    "duplicates",
    "deprecated",
    "unknown_words",
)
MOST = 10_000  # rows of one list; a longer one wants a question of its own
SECONDS = 3.0  # for one count: a page must not wait for ever
_AT_ONCE = 4


@dataclass(frozen=True)
class Found:
    """How many rows one check finds; None if counting them took too long."""

    check: str
    count: int | None


def counts(store: Store) -> list[Found]:
    """Return every check with how many rows it finds, all counted at once."""
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as workers:
        return list(workers.map(lambda check: _found(store, check), CHECKS))


def rows(store: Store, check: str, *, most: int = 500) -> Table:
    """Return the first rows that ``check`` finds.

    Parameters
    ----------
    store
        The graph.
    check
        One of ``CHECKS``.
    most
        How many to return at most.

    Raises
    ------
    NotFoundError
        If there is no such check.

    """
    if check not in CHECKS:
        raise NotFoundError(N_("There is no list “%(name)s” of data quality."), name=check)
    found = store.table(_listing(check), _parameters(most + 1), rows=most)
    return replace(found, rows=[tuple(claimed(v) if isinstance(v, Tie) else v for v in row) for row in found.rows])


def _found(store: Store, check: str) -> Found:
    try:
        return Found(check, store.table(_counting(check), _parameters(0), seconds=SECONDS).rows[0][0])
    except TimeLimitError:
        return Found(check, None)


def _listing(check: str) -> str:
    """Return the statement that gives the rows of ``check``."""
    return statement(f"quality/{check}")


def _counting(check: str) -> str:
    """Return the statement that counts the rows of ``check``."""
    return _listing(check).rpartition("\nRETURN ")[0] + "\nRETURN count(*) AS count"


def _parameters(most: int) -> Mapping[str, Any]:
    words = vocabulary()
    lists = [*words.kinds.values(), words.statuses, words.words, words.roles, words.certainties, words.ranks]
    known = sorted({word for found in lists for word in found})
    return {"most": most, "claimed": words.claimed_types(), "evidence": sorted(EVIDENCE), "known": known}
