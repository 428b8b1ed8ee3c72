"""The options that say how files are to be read, where that is not found or found wrongly."""

from collections.abc import Callable, Mapping

import click

from loaders.reading import Guidance


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options."""
    for name, about in (
        ("--sheet", "Sheet of a workbook. Default: the only one, or the one with the name of the file."),
        ("--delimiter", "What separates cells: one character, or tab, comma, semicolon, pipe. Default: found."),
        ("--encoding", "Encoding of text files, e.g. windows-1256. Default: found, and told."),
    ):
        command = click.option(name, help=about)(command)
    return command


def guidance(said: Mapping[str, str | None]) -> Guidance:
    """Return what the options say."""
    return Guidance(encoding=said["encoding"], delimiter=said["delimiter"], sheet=said["sheet"])
