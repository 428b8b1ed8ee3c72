"""Options with which somebody accepts, by its exact number, what a guard stops."""

from collections.abc import Callable
from typing import Any

import click

from loaders import guards

_ACCEPTED = {
    guards.REMOVALS: "absent rows whose claims go",
    guards.REJECTS: "rejected rows",
    guards.UPDATES: "changed rows",
    guards.ROWS: "rows in a file that should have more",
}


def accepting(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options ``--accept-…`` to ``command``, which gets what was accepted as ``accepted``."""

    def wrapped(*args: Any, **options: Any) -> None:  # noqa: ANN401 - whatever the command takes
        accepted = {guard: options.pop(f"accept_{guard}") for guard in _ACCEPTED}
        command(*args, accepted=accepted, **options)

    wrapped.__doc__, wrapped.__name__ = command.__doc__, command.__name__
    if hasattr(command, "__click_params__"):
        wrapped.__click_params__ = command.__click_params__  # type: ignore[attr-defined]
    for guard, about in reversed(_ACCEPTED.items()):
        text = f"Write the plan although a guard stops it, if it has exactly N {about}."
        wrapped = click.option(f"--accept-{guard}", type=int, metavar="N", help=text)(wrapped)
    return wrapped
