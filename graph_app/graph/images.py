"""Values of the graph as JSON and back again, exactly: the images from before and after a change are kept so."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from graph_app.graph.results import Position

_DATED: Mapping[str, type[date] | type[time]] = {"date": date, "datetime": datetime, "time": time}
_PLAIN = frozenset({str, int, float, bool, type(None)})


def packed(value: Any) -> Any:  # noqa: ANN401 - any value of the graph
    """Return ``value`` as JSON can hold it: what JSON has no type for is an object with the name of its type."""
    if type(value) in _PLAIN:
        return value
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
