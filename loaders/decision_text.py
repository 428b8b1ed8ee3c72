"""Decisions as text that stands well in git: one after the other, the oldest first, every value on its line."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import yaml

from graph_app.database.tables import Decision
from graph_app.errors import N_, LoadError
from graph_app.yaml_files import BROKEN
from loaders.decisions import DIFFERENT, LATER, SAME

_NAMES = ("first", "second", "decision", "kept", "why", "who", "at", "evidence")
_NEEDED = frozenset({"first", "second", "decision", "why", "who", "at"})


def written(decisions: Iterable[Decision]) -> str:
    """Return ``decisions`` as text."""
    rows = [_row(one) for one in decisions]
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000) if rows else "[]\n"


def read(text: str, known: Iterable[Decision]) -> list[dict[str, Any]]:
    """Return the decisions in ``text`` that are not among ``known``, as the table has them.

    Raises
    ------
    LoadError
        If it is no such text, or decides otherwise about a pair than ``known`` does.

    """
    try:
        rows = [_checked(row) for row in yaml.safe_load(text)]
    except (*BROKEN, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LoadError(N_("This is no file of decisions: %(reason)s"), reason=error) from error
    standing = {one.pair: one for one in known}
    return [row for row in rows if not _known(row, standing.get(frozenset((row["first"], row["second"]))))]


def _row(one: Decision) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _NAMES} | {"at": one.at.isoformat()}
    return {name: item for name, item in row.items() if item is not None}


def _checked(row: Mapping[str, Any]) -> dict[str, Any]:
    if row.keys() - set(_NAMES) or not row.keys() >= _NEEDED:
        raise ValueError(", ".join(sorted(map(str, row.keys() ^ set(_NAMES)))))
    first, second = sorted((str(row["first"]), str(row["second"])))
    kept = row.get("kept")
    if row["decision"] not in {SAME, DIFFERENT, LATER} or first == second:
        raise ValueError(f"{first} – {row['decision']} – {second}")
    if (row["decision"] == SAME) != (kept in {first, second}):
        raise ValueError(f"kept: {kept}")
    at = datetime.fromisoformat(str(row["at"]))
    if at.tzinfo is None:
        raise ValueError(f"at: {row['at']}")
    told = {"why": str(row["why"]), "who": str(row["who"]), "at": at, "evidence": dict(row.get("evidence") or {})}
    return {"first": first, "second": second, "decision": row["decision"], "kept": kept, **told}


def _known(row: Mapping[str, Any], held: Decision | None) -> bool:
    """Return whether just that is decided already; refuse what contradicts it, unless one of the two is "later"."""
    if held is None or LATER in {held.decision, row["decision"]} != {held.decision}:
        return False
    if (held.decision, held.kept) != (row["decision"], row["kept"]):
        message = N_("%(first)s and %(second)s: the file says “%(new)s”, but %(who)s decided “%(old)s” here.")
        hint = N_("Take one of the two back, then import again.")
        values = {"first": held.first, "second": held.second, "who": held.who}
        raise LoadError(message, hint, new=row["decision"], old=held.decision, **values)
    return True
