"""What in the data wants a look: lists of rows, each with its count; nothing here is an error that stops anybody."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph_app.errors import N_, NotFoundError, TimeLimitError
from graph_app.exploration.claims import EVIDENCE
from graph_app.graph.results import Table
from graph_app.graph.statements import in_every, statement
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
_OF_TIES = frozenset({"missing_sources", "conflicting_ties"})  # the indexes that they use belong to one type each
_OF_CLAIMS = frozenset({"deprecated", "unknown_words"})
MOST = 10_000  # rows of one list; a longer one wants a question of its own
_SECONDS = 8.0  # for one count: a page must not wait for ever
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


def _found(store: Store, check: str) -> Found:
    try:
        [(count,)] = store.table(_counting(check), _parameters(0), seconds=_SECONDS).rows
    except TimeLimitError:
        count = None
    return Found(check, count)


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
    return store.table(_listing(check), _parameters(most + 1), rows=most)


@cache
def _counting(check: str) -> str:
    """Return the statement that counts the rows of ``check``."""
    if check == "unsourced_ties":  # the one whose rows no index has
        return in_every("quality/unsourced_ties_count", _ranked()[:-1])
    return _listing(check).rpartition("\nRETURN ")[0] + "\nRETURN count(*) AS count"


@cache
def _listing(check: str) -> str:
    """Return the statement that gives the rows of ``check``."""
    name = f"quality/{check}"
    if check in _OF_TIES:
        return in_every(name, _ranked()[:-1])
    return in_every(name, _ranked()) if check in _OF_CLAIMS else statement(name)


@cache
def _ranked() -> tuple[str, ...]:
    """Return the types whose ties are claims; the last one is the evidence of entities."""
    types = vocabulary().types.items()
    return *(name for name, tie in types if not tie.derived and not tie.hidden), "EVIDENCED_BY"


def _parameters(most: int) -> Mapping[str, Any]:
    words = vocabulary()
    lists = [*words.kinds.values(), words.statuses, words.words, words.roles, words.certainties, words.ranks]
    known = sorted({word for found in lists for word in found})
    return {"most": most, "claimed": list(_ranked()[:-1]), "evidence": sorted(EVIDENCE), "known": known}
