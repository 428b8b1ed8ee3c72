"""Fields of a form, and how what was typed in them is read: exactly as the loader reads the cells of an export."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph_app.catalog.entities import resolve
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.text import clean
from graph_app.vocabulary import Word, vocabulary
from loaders.column_rules import Column, ColumnType, words
from loaders.columns import value

Part = Literal["", "parties", "commitments", "addressees", "posts"]
Problems = dict[str, PeyvandError]
_MOST = 2000  # characters of one field


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Parameters
    ----------
    name, title
        What it is called in the form, and by people (marked for translation).
    type
        How it is read; ``entity`` takes the name or the id of one that is in the graph.
    of, only
        The list of words of a choice, and those of them that can be chosen; empty: all.
    labels
        The labels, one of which an entity must have.
    offers
        The part of what is around the subject from which one chooses.
    hint
        A sentence below it.
    until_today
        Whether a date may not lie in the future.

    """

    name: str
    title: str
    type: ColumnType | Literal["entity"] = "text"
    required: bool = False
    of: str | None = None
    only: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    offers: Part = ""
    hint: str = ""
    until_today: bool = False

    @property
    def choices(self) -> dict[str, Word]:
        """The words to choose from; none where one types."""
        if self.of is None:
            return {}
        known = words(self.of)
        chosen = self.only or tuple(known)
        return {name: word for name in chosen if isinstance(word := known[name], Word)}

    @property
    def column(self) -> Column:
        """How the loader reads what was typed."""
        if self.type == "entity":
            return Column(type="text", required=self.required)
        options = {"of": self.of, "range": ("", "today") if self.until_today else None}
        return Column(type=self.type, required=self.required, **{name: one for name, one in options.items() if one})


@dataclass(frozen=True)
class Given:
    """What was typed, cleaned, by the name of its field; entities stand there by their id."""

    cells: Mapping[str, str]
    problems: Problems = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    def some(self, *names: str) -> dict[str, str]:
        """Return those of the cells ``names`` that are not empty."""
        return {name: cell for name in names if (cell := self[name])}


def read(store: Store, fields: Iterable[Field], typed: Mapping[str, str]) -> Given:
    """Return what was ``typed``, with a sentence for each field that cannot be read."""
    cells: dict[str, str] = {}
    problems: Problems = {}
    for one in fields:
        text = clean(typed.get(one.name, ""))
        try:
            cells[one.name] = _read(store, one, text)
        except PeyvandError as error:
            cells[one.name], problems[one.name] = text, error
    return Given(cells, problems)


def _read(store: Store, field_: Field, text: str) -> str:
    if len(text) > _MOST:
        raise LoadError(N_("More than %(most)s characters are too much for this field."), most=_MOST)
    value(text, field_.column)
    if field_.only and text and text not in field_.only:
        raise LoadError(N_("“%(text)s” cannot be chosen here."), text=text)
    if field_.type == "entity" and text and not field_.offers:
        return resolve(store, text, field_.labels).id
    return text


def label(name: str) -> str:
    """Return the word by which rows refer to things of the label ``name``."""
    return vocabulary().base(name).lower()
