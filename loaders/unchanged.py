"""Files that changed nothing before, and change nothing now: told by a glance at the ledger, without opening it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_app.database.glance import Glance
from graph_app.graph.store import Store
from loaders import entries, keying, syncing
from loaders.mapping import MappingFile
from loaders.plan import Balance, Plan
from loaders.promise import Promise, rules_of, scan_of
from loaders.reading import NOTHING_SAID, Guidance
from loaders.rows import RowWork
from loaders.syncing import State

_INSTALLATION = "SELECT name FROM installation WHERE id = 1"
_SERIAL = "SELECT serial FROM graphs WHERE key = ?"
_UNFINISHED = "SELECT run FROM loads WHERE graph = ? AND state IN ('running', 'failed')"
_SCAN = "SELECT balance, rejects FROM load_scans WHERE graph = ? AND digest = ? AND serial = ?"
_MERGES = """
SELECT merged, kept FROM (
  SELECT number, kept, run, CASE kept WHEN first THEN second ELSE first END AS merged
  FROM decisions WHERE undone_at IS NULL AND kept IS NOT NULL
) WHERE run IS NULL OR run NOT IN (SELECT run FROM loads WHERE state = 'undone') ORDER BY number
"""


@dataclass(frozen=True)
class Same:
    """What was found when the same files changed nothing: the graph then, the rules, the counts and the rejects."""

    state: State
    rules: str
    balance: Mapping[str, int] = field(hash=False)
    rejects: Sequence[Mapping[str, Any]] = field(hash=False)


def unchanged(
    store: Store,
    ledger: Glance | None,
    paths: Sequence[Path],
    mapping: MappingFile,
    said: Guidance = NOTHING_SAID,
    mapping_file: Path | None = None,
) -> Promise | None:
    """Return the plan that changes nothing if ``paths`` are known to change nothing; None if that has to be found out.

    Parameters as for ``resyncing.resync``, which returns the same plan; whatever is out of the ordinary is left to it.
    """
    state = syncing.state(store)
    if ledger is None or not _trusted(ledger, state) or keying.stale(store):
        return None
    decided: dict[str, str] = dict(ledger.rows(_MERGES))
    digest = scan_of(paths, mapping, said, decided)
    if (found := ledger.one(_SCAN, state.graph, digest, state.serial)) is None:
        return None
    balance, rejects = map(json.loads, found)
    return nothing_to_do(Same(state, rules_of(mapping, decided), balance, rejects), paths, mapping, mapping_file)


def nothing_to_do(same: Same, paths: Sequence[Path], mapping: MappingFile, mapping_file: Path | None) -> Promise:
    """Return the plan that changes nothing, with the counts and rejects from when that was found."""
    rejects = tuple(entries.reject(entry) for entry in same.rejects)
    names = tuple(f"{path.resolve().parent.name}/{path.name}" for path in paths)
    plan = Plan(mapping.mapping, names, (), (), rejects, Balance(**same.balance), rows=RowWork())
    where = str(mapping_file.resolve()) if mapping_file else None
    return Promise(plan, (), mapping.version, same.rules, same.state, mapping_file=where)


def _trusted(ledger: Glance, state: State) -> bool:
    """Whether the graph is ours and as our last load left it."""
    return (
        state.graph is not None
        and not state.running
        and ledger.one(_INSTALLATION) == (state.installation,)
        and ledger.one(_SERIAL, state.graph) == (state.serial,)
        and ledger.one(_UNFINISHED, state.graph) is None
    )
