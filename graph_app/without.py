"""Libraries that can do without others, imported without them."""

import sys
from collections.abc import Collection
from importlib import import_module


def import_without(name: str, unused: Collection[str]) -> None:
    """Import the module ``name`` while those that it could use as well, and that none of us needs there, are hidden.

    A module that stands as None cannot be imported; so it does without, and others find it later.

    Parameters
    ----------
    name
        What is imported; it must be ready for the others not being installed.
    unused
        What it then goes without. One that is there already stays.

    """
    hidden = [one for one in unused if one not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import_module(name)
    finally:
        for one in hidden:
            del sys.modules[one]
