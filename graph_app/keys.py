"""The keys under which an entity is found, made from its names by the loader and kept with it.

``search`` holds its names folded, word by word; ``squashed`` the same without spaces; ``sounds`` the consonants.
"""

from collections.abc import Iterable
from typing import Any

from graph_app.sounds import sounds
from graph_app.text import fold

VERSION = 2  # to be raised when a name gets another key than before: the next load then renews all of them
KEYS = ("search", "squashed", "sounds")


def names_of(properties: Any) -> list[str]:  # noqa: ANN401 - the properties of a node, as the driver types them
    """Return all names among the properties of an entity, the main ones first."""
    main = (properties.get("name_fa"), properties.get("name_en"))
    return [name for name in (*main, *(properties.get("aliases") or ())) if name]


def search_keys(names: Iterable[str]) -> dict[str, str]:
    """Return the keys, by property name, under which an entity with these names is found."""
    folded = dict.fromkeys(key for key in map(fold, names) if key)
    squashed = dict.fromkeys(key.replace(" ", "") for key in folded)
    return {"search": " ".join(folded), "squashed": " ".join(squashed), "sounds": sounds(folded)}
