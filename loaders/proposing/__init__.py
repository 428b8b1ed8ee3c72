"""A mapping proposed for files that nobody has seen before.

* ``roles``    what the columns are about, by the words of their headings
* ``profile``  what stands in them
* ``drafting`` how they are read
* ``shaping``  the nodes and ties that they seem to speak of
* ``writing``  all that as YAML, with samples and open questions as comments

What cannot be told is a question to a person, never a guess that nobody sees.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from graph_app.errors import N_, LoadError
from graph_app.text import fold
from loaders.proposing.drafting import drafted
from loaders.proposing.profile import profiles
from loaders.proposing.roles import roles
from loaders.proposing.shaping import Shape, shaped
from loaders.proposing.writing import text_of
from loaders.reading import NOTHING_SAID, Export, Guidance, read

__all__ = ["name_for", "proposed"]


def proposed(paths: Sequence[Path], name: str, gettext: Callable[[str], str], said: Guidance = NOTHING_SAID) -> str:
    """Return a mapping ``name`` for the files at ``paths``, as YAML.

    Parameters
    ----------
    paths, name
        The files, one for each table, and what the mapping is called.
    gettext
        Says the comments in the reader's language.
    said
        How to read the files, where a person knows better than the reader.

    Raises
    ------
    LoadError
        If a file cannot be read, or none of its rows can.

    """
    return text_of(name, {path.name: _shape(read(path, said)) for path in paths}, gettext)


def _shape(export: Export) -> Shape:
    found = profiles(export)
    if not any(profile.rows for profile in found.values()):
        raise LoadError(N_("%(file)s has no row that can be read; nothing can be proposed."), file=export.name)
    return shaped(export, drafted(found.values(), roles(export.header)))


def name_for(path: Path) -> str:
    """Return a name for the mapping of the file at ``path``: its own in small Latin letters, else ``my_mapping``."""
    slug = re.sub(r"[^a-z0-9]+", "_", fold(path.stem)).strip("_")
    return slug if re.match(r"[a-z]", slug) else "my_mapping"
