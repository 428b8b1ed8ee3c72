"""A plan as a file that can be reviewed, sent and later applied exactly, or refused because something moved."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from graph_app.errors import N_, LoadError, PeyvandError, reason_of
from graph_app.graph.store import Store
from loaders import entries, row_entries, syncing
from loaders import mapping as mappings
from loaders.aliases import NONE, Aliases
from loaders.plan import Balance, Block, EntityChange, Plan, TableCount, TieChange
from loaders.promise import PlannedFile, Promise, fingerprint, rules_of
from loaders.syncing import State

VERSION = 3
SUFFIXES = (".json", ".json.gz")
_MARK = "peyvand_plan"


def is_plan(path: Path) -> bool:
    """Return whether a file with this name holds a plan, and not an export."""
    return path.name.lower().endswith(SUFFIXES)


def save(work: Promise, path: Path) -> None:
    """Write ``work`` to ``path`` as JSON, zipped if its name ends in ``.gz``.

    Raises
    ------
    LoadError
        If the name does not end as that of a plan, or the file cannot be written.

    """
    if not is_plan(path):
        message = N_("A plan is kept in a file that ends in %(suffixes)s; %(file)s does not.")
        raise LoadError(message, suffixes=", ".join(SUFFIXES), file=path.name)
    text = json.dumps(_content(work), ensure_ascii=False, indent=1).encode()
    try:
        path.write_bytes(gzip.compress(text, mtime=0) if path.suffix.lower() == ".gz" else text)
    except OSError as error:
        message = N_("The plan cannot be written to %(file)s: %(reason)s")
        raise LoadError(message, file=path, reason=reason_of(error)) from error


def opened(path: Path) -> Promise:
    """Return the plan in the file at ``path``.

    Raises
    ------
    LoadError
        If it cannot be read, holds no plan, or one of another version.

    """
    try:
        raw = path.read_bytes()
        content = json.loads(gzip.decompress(raw) if path.suffix.lower() == ".gz" else raw)
        if not isinstance(content, dict) or content.get(_MARK) != VERSION:
            raise LoadError(N_("%(file)s holds no plan of this version of Peyvand. Plan again."), file=path.name)
        return _promise(content)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = N_("%(file)s cannot be read as a plan: %(reason)s")
        raise LoadError(message, file=path.name, reason=error) from error


def moved(store: Store, work: Promise, decided: Aliases = NONE) -> Iterator[PeyvandError]:
    """Yield what moved since ``work`` was planned, as sentences: files, the mapping, decisions, the graph."""
    state = syncing.state(store)
    if (
        state.serial != work.state.serial
        or work.state.graph not in (None, state.graph)
        or state.running not in (None, work.undoes)
    ):
        message = N_("the graph was loaded since (load %(then)s, now %(now)s)")
        yield LoadError(message, then=work.state.serial, now=state.serial)
    if not work.undoes and _rules(work, decided) != work.rules:
        message = N_("the mapping %(mapping)s, or what was decided about duplicates, is another one now")
        yield LoadError(message, mapping=work.plan.mapping)
    for file in work.files:
        if _attempted(partial(_sha256, Path(file.path))) != file.sha256:
            yield LoadError(N_("%(file)s was changed or is away"), file=file.path)


def _sha256(path: Path) -> str:
    return fingerprint(path)[0]


def _rules(work: Promise, decided: Aliases) -> str | None:
    if work.mapping_file:
        return _attempted(lambda: rules_of(mappings.load(Path(str(work.mapping_file))), decided))
    return next((rules_of(one, decided) for one in mappings.shipped() if one.mapping == work.plan.mapping), None)


def _attempted(work: Callable[[], str]) -> str | None:
    try:
        return work()
    except LoadError:
        return None


def _content(work: Promise) -> dict[str, Any]:
    plan = work.plan
    return {
        _MARK: VERSION,
        "digest": work.digest,
        "undoes": work.undoes,
        "mapping": {"name": plan.mapping, "version": work.version, "rules": work.rules, "file": work.mapping_file},
        "graph": asdict(work.state),
        "balance": asdict(plan.balance),
        "files": [asdict(file) for file in work.files],
        "changes": [entries.of_change(change) for change in plan.steps()],
        "rejects": [entries.of_reject(reject) for reject in plan.rejects],
        "tables": [asdict(table) for table in plan.tables],
        "blocks": [asdict(block) for block in plan.blocks],
        "held": plan.held,
        "rows": row_entries.of_work(plan.rows),
    }


def _promise(content: Mapping[str, Any]) -> Promise:
    changes = [entries.change(entry) for entry in content["changes"]]
    files = tuple(PlannedFile(**file) for file in content["files"])
    rule = content["mapping"]
    plan = Plan(
        rule["name"],
        tuple(file.name for file in files),
        tuple(change for change in changes if isinstance(change, EntityChange)),
        tuple(change for change in changes if isinstance(change, TieChange)),
        tuple(entries.reject(entry) for entry in content["rejects"]),
        Balance(**content["balance"]),
        (),
        tuple(TableCount(**table) for table in content["tables"]),
        tuple(Block(**block) for block in content["blocks"]),
        tuple(content["held"]),
        row_entries.work(content["rows"]),
    )
    state, undoes = State(**content["graph"]), content.get("undoes")
    work = Promise(plan, files, rule["version"], rule["rules"], state, undoes, mapping_file=rule["file"])
    if work.digest != content["digest"]:
        raise ValueError("its digest is another one: it was changed by hand")
    return work
