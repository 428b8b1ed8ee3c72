"""Commands that are imported when they are first asked for: a command pays for what it uses, not for its sisters."""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
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

    def told(self, name: str) -> click.Command:
        """Return a command that says of itself what ``name`` says, without importing what that needs."""
        if name not in self._places or super().__contains__(name):
            return self[name]
        module, _, attribute = self._places[name].partition(":")
        return click.Command(name, help=_docstring(module, attribute))


class Group(click.Group):
    """A group that lists its ``Commands`` without importing them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names of the commands, each with its first sentence."""
        told = self.commands.told if isinstance(self.commands, Commands) else self.commands.__getitem__
        click.Group(self.name, commands={name: told(name) for name in self.commands}).format_commands(ctx, formatter)


def _docstring(module: str, function: str) -> str | None:
    """Return what ``function`` says of itself in the text of ``module``."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    body = ast.parse(Path(spec.origin).read_bytes()).body
    found = next(one for one in body if isinstance(one, ast.FunctionDef) and one.name == function)
    return ast.get_docstring(found)
