"""What the page of an entity shows, section by section: each section is a saved question about that entity."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from graph_app import yaml_files
from graph_app._layout import QUERIES
from graph_app.catalog.parameters import Entry, Words

PAIR, PEOPLE, SIGNING = "Pair", "People", "Signing"  # pages without an entity of their own
_FILE = "dossiers.yaml"


class Section(Entry):
    """One section: where it stands, what it is called, which question it asks, and how it shows what of it."""

    anchor: str = Field(pattern=r"^[a-z][a-z-]*$")
    title: Words
    question: str
    given: Mapping[str, str]
    shows: Literal["rows", "links", "bars", "tree"] = "rows"
    hint: Words | None = None
    without: tuple[str, ...] = ()
    first: int = Field(default=12, gt=0)

    def values(self, **ids: str) -> dict[str, str]:
        """Return what the question is given about the entities ``ids``, by the names that stand in braces.

        Examples
        --------
        >>> sections(("Person",))[0].values(entity="person:x")
        {'person': 'person:x', 'standing_only': 'yes'}

        """
        return {name: text.format(**ids) for name, text in self.given.items()}


_Dossiers = TypeAdapter(Mapping[str, Annotated[tuple[Section, ...], Field(min_length=1)]])


@cache
def dossiers() -> Mapping[str, tuple[Section, ...]]:
    """Return the sections by label, read once."""
    return _Dossiers.validate_python(yaml_files.read(QUERIES / _FILE))


def sections(labels: tuple[str, ...]) -> tuple[Section, ...]:
    """Return the sections for an entity with these labels: those of the refining one, else of its base."""
    return next((found for label, found in dossiers().items() if label in labels), ())
