"""The files of a load and the mapping that fits them, as the command line names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from graph_app.cli.context import say, told
from graph_app.errors import N_
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders.library import library
from loaders.mapping import MappingFile
from loaders.reading import SUFFIXES

WHERE = click.argument("where", type=click.Path(exists=True, path_type=Path))
MAPPING = click.option("--mapping", "wanted", help="Name of a mapping, or a mapping file. Default: the one that fits.")
OVERWRITE = click.option("--overwrite", is_flag=True, help="Overwrite what was changed by hand in the graph.")
THOROUGH = click.option(
    "--thorough", is_flag=True, help="Compare every row with the graph, also those that did not change."
)


@dataclass(frozen=True)
class Chosen:
    """Files, and the mapping that has a table for each of them, with its own file unless it comes with Peyvand."""

    files: tuple[Path, ...]
    mapping: MappingFile
    mapping_file: Path | None


def chosen(where: Path, wanted: str | None = None, *, tell_others: bool = True) -> Chosen:
    """Return the folder or file ``where`` with the mapping ``wanted``, or with the one that fits.

    Files that the mapping has no table for are named, unless ``tell_others`` is off.

    Raises
    ------
    LoadError
        If no mapping fits.

    """
    files = sorted(filter(_readable, where.iterdir())) if where.is_dir() else [where]
    mapping, mapping_file = mapping_of(files, wanted)
    others = ", ".join(file.name for file in files if not mapping.tables_in(file))
    if others and tell_others:
        say(
            gettext(N_("Not loaded, because the mapping %(mapping)s has no table for them: %(files)s."))
            % {"mapping": mapping.mapping, "files": others}
        )
    return Chosen(tuple(file for file in files if mapping.tables_in(file)), mapping, mapping_file)


def mapping_of(files: Sequence[Path], wanted: str | None) -> tuple[MappingFile, Path | None]:
    """Return the mapping called ``wanted``, or the one that fits, and its file if it is the user's own.

    The user's mappings that are broken are told.
    """
    known = library(Settings.read().mappings)
    for one in known.broken:
        say(told(one.reason))
    found = known.fitting(files) if wanted is None else known.named(wanted)
    return found.mapping, found.own_file


def _readable(path: Path) -> bool:
    """Whether the loader reads such a file; Excel's lock files begin with ~$."""
    return path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith("~$")
