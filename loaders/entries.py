"""Changes and rejects as entries of JSON, for the ledger and for plans in files, and back again."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from graph_app.errors import PeyvandError
from graph_app.graph.images import encoded, packed, unpacked
from loaders.facts import Reject
from loaders.plan import Change, EntityChange, TieChange
from loaders.reading import Row

Entry = dict[str, Any]
COLUMNS = ("key", "type", "start", "end", "labels", "had", "before", "after")  # of a change


def of_change(change: Change) -> Entry:
    """Return ``change`` as an entry, with what stood there before and what stands there after it."""
    before = None if change.before is None else packed(dict(change.before))
    images = {"key": change.id, "before": before, "after": packed(dict(change.after)) if change.after else None}
    if isinstance(change, TieChange):
        had = list(change.had) if change.had else None
        return {**images, "type": change.type, "start": change.start, "end": change.end, "labels": None, "had": had}
    labels = {"labels": sorted(change.labels), "had": sorted(change.had)}
    return {**images, **labels, "type": None, "start": None, "end": None}


def row_of(change: Change) -> dict[str, str | None]:
    """Return ``change`` as a row of the ledger: the entry, each of its documents as a text. It is made only once.

    Hashed in this order, the same rows also are what gives a plan its name.
    """
    before = None if change.before is None else encoded(change.before)
    after = encoded(change.after) if change.after else None
    if isinstance(change, TieChange):
        had = _list(change.had) if change.had else None
        ends = {"start": change.start, "end": change.end, "labels": None, "had": had}
        return {"key": change.id, "type": change.type, **ends, "before": before, "after": after}
    labels = {"labels": _sorted(change.labels), "had": _sorted(change.had)}
    return {"key": change.id, "type": None, "start": None, "end": None, **labels, "before": before, "after": after}


@lru_cache(maxsize=1024)
def _sorted(labels: frozenset[str]) -> str:
    return _list(sorted(labels))


def _list(items: Iterable[str]) -> str:
    return json.dumps(list(items), ensure_ascii=False)


def change(entry: Mapping[str, Any]) -> Change:
    """Return the change that ``entry`` holds."""
    before = None if entry["before"] is None else unpacked_all(entry["before"])
    after = unpacked_all(entry["after"] or {})
    if entry["type"]:
        had = (entry["had"][0], entry["had"][1]) if entry["had"] else None
        return TieChange(entry["key"], entry["type"], entry["start"], entry["end"], before, after, had)
    return EntityChange(entry["key"], frozenset(entry["labels"]), frozenset(entry["had"]), before, after)


def unpacked_all(image: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of an image."""
    return {name: unpacked(item) for name, item in image.items()}


def of_reject(reject: Reject) -> Entry:
    """Return ``reject`` as an entry; its reason keeps its parts, so that it can be said in another language."""
    return {
        "file": reject.file,
        "line": reject.row.line,
        "column": reject.column,
        "value": reject.value,
        "reason": of_reason(reject.reason),
        "header": list(reject.header),
        "cells": list(reject.row.cells),
    }


def reject(entry: Mapping[str, Any]) -> Reject:
    """Return the reject that ``entry`` holds."""
    row = Row(entry["line"], tuple(entry["cells"]))
    header, why = tuple(entry["header"]), reason(entry["reason"])
    return Reject(entry["file"], row, header, entry["column"], entry["value"], why)


def of_reason(error: PeyvandError) -> Entry:
    """Return the sentence of ``error`` in its parts."""
    return {"message": error.message, "hint": error.hint, "values": {n: _value(v) for n, v in error.values.items()}}


def _value(value: object) -> Any:  # noqa: ANN401 - text, a number, or a reason of its own
    if isinstance(value, PeyvandError):
        return of_reason(value)
    return value if isinstance(value, int | float | str) else str(value)


def reason(entry: Mapping[str, Any]) -> PeyvandError:
    """Return the sentence that ``entry`` holds, ready for either language."""
    values = {name: reason(item) if isinstance(item, dict) else item for name, item in entry["values"].items()}
    return PeyvandError(entry["message"], entry["hint"], **values)
