"""The plan for files that may have been loaded before: as little is read, and asked of the graph, as is enough.

Files whose bytes changed nothing before, by the same mapping and decisions about duplicates and in the same graph, have
nothing to change now. Else the rows that the ledger knows are recognised, and only the others are compared with the
graph. Where the ledger cannot be trusted, because somebody else loaded the graph or a load was cut off, every row is.
"""

from collections.abc import Sequence
from pathlib import Path

from graph_app.graph.store import Store
from loaders import keeping, syncing
from loaders.decisions import Decisions
from loaders.known import Known
from loaders.ledger import Ledger
from loaders.mapping import MappingFile
from loaders.progress import Watch, nobody
from loaders.promise import Promise, promise, resting, rules_of, scan_of
from loaders.reading import NOTHING_SAID, Guidance
from loaders.unchanged import Same, nothing_to_do


def resync(
    store: Store,
    ledger: Ledger,
    paths: Sequence[Path],
    mapping: MappingFile,
    said: Guidance = NOTHING_SAID,
    mapping_file: Path | None = None,
    *,
    thorough: bool = False,
) -> Promise:
    """Return the plan for loading ``paths``, with what ``ledger`` knows of their rows.

    Parameters
    ----------
    store, ledger
        The graph, and what is kept of it.
    paths, mapping, said
        As for ``planning.plan``.
    mapping_file
        The file of the mapping, if it is not one that comes with Peyvand.
    thorough
        Whether every row is compared with the graph, even if nothing about it changed.

    Raises
    ------
    LoadError, StoreError
        As for ``planning.plan``.

    """
    state, decided = syncing.state(store), Decisions(ledger.database).merges()
    trusted = not thorough and ledger.trusts(state)
    if trusted and (scan := ledger.seen(state, scan_of(paths, mapping, said, decided))):
        same = Same(state, rules_of(mapping, decided), scan.balance, scan.rejects)
        return nothing_to_do(same, paths, mapping, mapping_file)
    known = Known(ledger.database, state.graph, mapping.mapping) if mapping.remember else None
    return promise(store, paths, mapping, said, mapping_file, known, decided=decided, thorough=not trusted)


def staged(
    store: Store,
    ledger: Ledger,
    paths: Sequence[Path],
    mapping: MappingFile,
    said: Guidance,
    mapping_file: Path | None,
    place: tuple[Path, Path],
    watch: Watch = nobody,
) -> Promise:
    """Return the plan for loading ``paths`` into a graph that holds nothing, made by way of files if it can be.

    Parameters and errors as for ``resync``, and:

    Parameters
    ----------
    place
        Folders for what is put away until the run has come to its end, and for the files of the import tool.
    watch
        Is told how far it is.

    """
    from loaders.staging.planning import MergedError, stage  # noqa: PLC0415 - as in ``promise``
    from loaders.staging.task import Task  # noqa: PLC0415

    if Decisions(ledger.database).merges() or _known(ledger, syncing.state(store).graph):
        return resync(store, ledger, paths, mapping, said, mapping_file, thorough=True)
    task = Task.of(tuple(paths), mapping, said, place[0])
    try:
        return resting(store, paths, mapping, said, mapping_file, lambda: stage(task, place[1], watch))
    except MergedError:
        return resync(store, ledger, paths, mapping, said, mapping_file, thorough=True)


def _known(ledger: Ledger, graph: str | None) -> bool:
    with ledger.database.reading() as session:
        return keeping.knows(session, graph)
