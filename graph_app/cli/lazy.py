"""Commands that are imported when they are first asked for: a command pays for what it uses, not for its sisters."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import click


class Commands(dict[str, click.Command]):
    """Commands by name, each given as ``module:name`` until somebody wants it."""

    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__()
        self._places = dict(places)

    def __contains__(self, name: object) -> bool:
        return name in self._places or super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._places
        yield from (name for name in super().__iter__() if name not in self._places)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getitem__(self, name: str) -> click.Command:
        if name in self._places and not super().__contains__(name):
            module, _, attribute = self._places[name].partition(":")
            self[name] = getattr(import_module(module), attribute)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dict has it
        """Return the command ``name``, or ``default`` if there is none."""
        try:
            return self[name]
        except KeyError:
            return default

    def items(self) -> Any:  # noqa: ANN401 - as a dict has it
        """Return all commands with their names."""
        return [(name, self[name]) for name in self]

    def values(self) -> Any:  # noqa: ANN401 - as a dict has it
        """Return all commands."""
        return [self[name] for name in self]
