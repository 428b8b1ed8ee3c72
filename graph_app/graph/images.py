"""Values of the graph as JSON and back again, exactly: the images from before and after a change are kept so."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import orjson

from graph_app.graph.results import Position

_DATED: Mapping[str, type[date] | type[time]] = {"date": date, "datetime": datetime, "time": time}
_PLAIN = frozenset({str, int, float, bool, type(None)})
_READY = _PLAIN | {date}  # the encoder asks ``packed`` for days
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


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
            return list(value) if set(map(type, value)) <= _PLAIN else [packed(item) for item in value]
        case dict():
            return {name: packed(item) for name, item in value.items()}
    return value


def encoded(properties: Mapping[str, Any]) -> str:
    """Return the text of the JSON object of ``properties``, packed; equal properties have equal texts.

    Examples
    --------
    >>> encoded({"signed_on": date(2024, 2, 29), "aliases": ["Meshed"]})
    '{"aliases":["Meshed"],"signed_on":{"date":"2024-02-29"}}'

    """
    ready = {name: item if type(item) in _READY else packed(item) for name, item in properties.items()}
    try:
        text = orjson.dumps(ready, default=packed, option=_OPTIONS).decode()
    except TypeError:  # half a surrogate pair, a number of more than 64 bits
        return _exactly(ready)
    return _exactly(ready) if "null" in text else text  # so it would write a number that is none


def unpacked(value: Any) -> Any:  # noqa: ANN401 - any value of the graph
    """Return what ``packed`` packed; the values of the graph hold no objects of their own."""
    if isinstance(value, list):
        return [unpacked(item) for item in value]
    if not isinstance(value, dict):
        return value
    [(kind, item)] = value.items()
    return Position(*item) if kind == "point" else _DATED[kind].fromisoformat(item)


_exactly = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=packed).encode
