"""What was last known of the graph, for the frame of every page while the graph does not answer."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import current_app

from graph_app.auth.visitor import visitor
from graph_app.errors import StoreError
from graph_app.graph.pulse import Pulse

T = TypeVar("T")


def known(name: str, work: Callable[[], T], *otherwise: T) -> T:
    """Return what ``work`` finds, else what it found last for somebody who may see as much, else ``otherwise``.

    Raises
    ------
    StoreError
        As ``work`` does, if nothing is known and there is no ``otherwise``.

    """
    kept: dict[str, T] = current_app.extensions.setdefault("known", {}).setdefault(visitor().clearance, {})
    try:
        kept[name] = work()
    except StoreError:
        if name not in kept and not otherwise:
            raise
        return kept.get(name, *otherwise)
    return kept[name]


def away() -> bool:
    """Say whether it is known that the graph does not answer now."""
    found = pulse()
    return bool(found and found.away)


def pulse() -> Pulse | None:
    """Return what tells whether the graph answers; None if nobody looks."""
    return cast("Pulse | None", current_app.extensions.get("pulse"))
