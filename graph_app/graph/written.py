"""Answers as JSON in bytes: what most of them hold is written without a copy of it."""

import json
from typing import Any

import orjson

from graph_app.graph.results import as_json


def json_bytes(value: Any) -> bytes:  # noqa: ANN401 - any part of an answer
    """Return plain values, entities and ties among them, as JSON in UTF-8; the same as ``as_json`` makes of them."""
    try:
        return orjson.dumps(value, default=_told)
    except TypeError:  # a time with its zone, half a surrogate pair: nothing that is met often
        return json.dumps(as_json(value), default=str).encode()


def _told(value: Any) -> Any:  # noqa: ANN401 - what JSON has no form for
    found = as_json(value)
    return str(value) if found is value else found
