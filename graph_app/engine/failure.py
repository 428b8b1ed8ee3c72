"""Why the engine failed, left in a file for whoever waits for it, uses it or asks next."""

import json
from pathlib import Path
from typing import Any

from graph_app.errors import EngineError, PeyvandError, no_room
from graph_app.private import write_private


def leave(path: Path, error: PeyvandError) -> None:
    """Write ``error`` down, so that it can be read in any language; on a full disk there is no place for it."""
    try:
        write_private(path, json.dumps(_record(error), default=str))
    except OSError as problem:
        if not no_room(problem):
            raise


def told(path: Path) -> EngineError | None:
    """Return what was left as the reason of the last failure; None if there was none."""
    try:
        return _error(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _record(error: PeyvandError) -> dict[str, Any]:
    values = {n: _record(v) if isinstance(v, PeyvandError) else v for n, v in error.values.items()}
    return {"message": error.message, "values": values}


def _error(record: dict[str, Any]) -> EngineError:
    values = {n: _error(v) if isinstance(v, dict) else v for n, v in record["values"].items()}
    return EngineError(record["message"], **values)
