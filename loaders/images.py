"""Values of the graph as JSON and back again, exactly: the images from before and after a change are kept so."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from graph_app.graph.results import Position

_DATED = {"date": date, "datetime": datetime, "time": time}


def written(properties: Mapping[str, Any] | None) -> str | None:
    """Return ``properties`` as JSON; None if there are none, because the thing was not there."""
    return None if properties is None else json.dumps(packed(dict(properties)), ensure_ascii=False, sort_keys=True)


def read(text: str | None) -> dict[str, Any] | None:
    """Return what ``written`` wrote as it was."""
    return None if text is None else {name: unpacked(item) for name, item in json.loads(text).items()}


def packed(value: Any) -> Any:  # noqa: ANN401 - any value of the graph
    """Return ``value`` as JSON can hold it: what JSON has no type for is an object with the name of its type."""
    match value:
        case Position():
            return {"point": [value.latitude, value.longitude]}
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case list() | tuple():
            return [packed(item) for item in value]
        case dict():
            return {name: packed(item) for name, item in value.items()}
    return value


def unpacked(value: Any) -> Any:  # noqa: ANN401 - any value of the graph
    """Return what ``packed`` packed; the values of the graph hold no objects of their own."""
    if isinstance(value, list):
        return [unpacked(item) for item in value]
    if not isinstance(value, dict):
        return value
    [(kind, item)] = value.items()
    return Position(*item) if kind == "point" else _DATED[kind].fromisoformat(item)
