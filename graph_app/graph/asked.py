"""The statements that a page has the server run, kept for who wants to see them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

_kept: ContextVar["list[Asked] | None"] = ContextVar("asked", default=None)


@dataclass(frozen=True)
class Asked:
    """One statement as it was sent to the server, with its parameters."""

    text: str
    parameters: Mapping[str, Any] = field(hash=False)


@contextmanager
def asked() -> Iterator[list[Asked]]:
    """Give the list that grows by every statement which this thread has run during the ``with``."""
    found: list[Asked] = []
    token = _kept.set(found)
    try:
        yield found
    finally:
        _kept.reset(token)


def note(text: str, parameters: Mapping[str, Any]) -> None:
    """Keep a statement, if somebody wants to see it."""
    if (kept := _kept.get()) is not None:
        kept.append(Asked(text, parameters))
