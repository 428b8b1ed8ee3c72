"""A line of the audit, whoever writes it: what is said where nothing is, and texts as both databases take them."""

from collections.abc import Mapping
from typing import Any, Final

EMPTY: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("who", "about", "route", "address", "request"), ""),
    **dict.fromkeys(("user", "details", "until")),
    "outcome": "done",
}


def fitting(value: Any, width: int | None) -> Any:  # noqa: ANN401 - any value of a line
    """Return ``value`` as both databases take it: PostgreSQL takes no NUL, and no more than the column is wide."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")[:width]
