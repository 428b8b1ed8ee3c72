"""What was last known of the graph, for the frame of every page while the graph does not answer."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app

from graph_app.errors import StoreError
from graph_app.views import store

T = TypeVar("T")


def known(name: str, work: Callable[[], T], otherwise: T) -> T:
    """Return what ``work`` finds, else what it found last, else ``otherwise``."""
    kept: dict[str, T] = current_app.extensions.setdefault("known", {})
    try:
        kept[name] = work()
    except StoreError:
        return kept.get(name, otherwise)
    return kept[name]


def away() -> bool:
    """Say whether it is known that the graph does not answer now."""
    pulse = store().pulse
    return bool(pulse and pulse.away)
