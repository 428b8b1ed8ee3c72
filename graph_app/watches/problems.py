"""Errors as they are kept, so that each reader is told in their own language."""

from collections.abc import Mapping
from typing import Any

from graph_app.errors import PeyvandError
from graph_app.language import translations
from graph_app.text import without_controls

_LONGEST = 300  # characters of a value: a server may answer at any length
Kept = dict[str, Any]


def kept(error: PeyvandError) -> Kept:
    """Return ``error`` as it is kept."""
    return {"message": error.message, "values": {name: _short(value) for name, value in error.values.items()}}


def told(problem: Mapping[str, Any], language: str) -> str:
    """Return the sentence of an error that was kept."""
    return PeyvandError(problem["message"], **problem["values"]).translated(translations(language).gettext)


def _short(value: object) -> object:
    return value if isinstance(value, int) else without_controls(str(value))[:_LONGEST]
