"""How the cells of a column are read: the part of a mapping that says it, and the lookup tables beside a mapping.

``header`` lists other names that the column has in files; names are compared without case, marks and half-spaces.
``optional`` columns may be absent. ``nulls`` are words that mean nothing was recorded. An ``enum`` has its own words
for ours in ``values``; a ``lookup`` has them in a YAML or CSV file beside the mapping.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from graph_app.dates import Order, parse
from graph_app.errors import PeyvandError
from graph_app.text import clean, is_rtl, squash
from graph_app.vocabulary import Vocabulary, Word, vocabulary
from graph_app.yaml_files import BROKEN
from loaders.exact import Kind
from loaders.reading import read

ColumnType = Literal[
    "key",
    "text",
    "verbatim",
    "exact",
    "name",
    "names",
    "list",
    "integer",
    "decimal",
    "boolean",
    "date",
    "duration",
    "term",
    "word",
    "enum",
    "lookup",
    "references",
    "ignore",
]

_BELONGS: Mapping[str, frozenset[str]] = {  # which options only some types have
    "calendar": frozenset({"date"}),
    "order": frozenset({"date"}),
    "century": frozenset({"date"}),
    "range": frozenset({"date", "integer", "decimal"}),
    "decimal": frozenset({"decimal"}),
    "separator": frozenset({"names", "list"}),
    "values": frozenset({"enum", "lookup"}),
    "table": frozenset({"lookup"}),
    "of": frozenset({"word", "enum", "lookup"}),
    "holds": frozenset({"exact"}),
}


def listed(value: object) -> object:
    """Return a single text as a list of one."""
    return [value] if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], BeforeValidator(listed)]


class Entry(BaseModel):
    """Any part of a mapping; a name that it does not have is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ReadRule(Entry):
    """What the mapping says of the files: it overrides what is found. ``nulls`` hold for all columns.

    ``exact`` files were written by a program to the letter of RFC 4180: nothing in them is repaired.
    """

    encoding: str | None = None
    delimiter: str | None = None
    exact: bool = False
    sheet: str | None = None
    nulls: Listed = ()


class Column(Entry):
    """How the cells of one column are read.

    Parameters
    ----------
    of
        The vocabulary list of a ``word``, or the one that the words of an ``enum`` or ``lookup`` must be in.
    order, century
        What a date such as ``01/05/1402`` or ``99/05/01`` means; without them it is rejected.
    range
        The least and the greatest value; either may be empty, and a date may be ``today``.
    decimal
        What ``1,234`` means, with a comma that can be either: the separator of decimals, ``.`` or ``,``.
    holds
        ``as`` in files: the kind of the values of an ``exact`` column.
    about, example
        What the column means, and a cell as it may stand there, for those who fill it in.

    """

    type: ColumnType
    header: Listed = ()
    required: bool = False
    optional: bool = False
    nulls: Listed = ()
    of: str | None = None
    calendar: Literal["jalali", "gregorian"] | None = None
    order: Order | None = None
    century: int | None = None
    range: tuple[str, str] | None = None
    decimal: Literal[".", ","] | None = None
    separator: str = Field(default="|", min_length=1)
    values: Mapping[str, str] = Field(default_factory=dict)
    table: str | None = None
    holds: Kind = Field(default="text", alias="as")
    about: Word | None = None
    example: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_table(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever the file holds
        if isinstance(value, str):
            return {"type": value}
        if isinstance(value, dict) and value.get("table"):
            return {**value, "values": _table(str(value["table"]), info.context)}
        return value

    @model_validator(mode="after")
    def _consistent(self) -> "Column":
        for option in self.model_fields_set & _BELONGS.keys():
            if self.type not in _BELONGS[option]:
                raise ValueError(f"a column of type {self.type} has no {option}")
        if self.required and self.optional:
            raise ValueError("a column is required or optional, not both")
        if self.of is not None:
            _list_known(self.of)
        if self.type in {"enum", "lookup"} and not self.values:
            raise ValueError(f"a column of type {self.type} needs its words")
        if self.of and (unknown := {*self.values.values()} - words(self.of).keys()):
            raise ValueError(f"{', '.join(sorted(unknown))} is not in {self.of}")
        _ = self.words, self.limits  # both can be wrong
        return self

    @cached_property
    def words(self) -> dict[str, str]:
        """Our word for every spelling of an ``enum`` or ``lookup``, under its search key without spaces."""
        found: dict[str, str] = {}
        for spelling, word in self.values.items():
            if found.setdefault(squash(spelling), word) != word:
                raise ValueError(f"“{spelling}” stands for {found[squash(spelling)]} and for {word}")
        for word in self.values.values():
            found.setdefault(squash(word), word)
        return found

    @cached_property
    def limits(self) -> tuple[float | date | None, float | date | None]:
        """The least and the greatest value that ``range`` allows, None where it is open."""
        low, high = self.range or ("", "")
        return self._limit(low, 0), self._limit(high, -1)

    def _limit(self, text: str, side: int) -> float | date | None:
        if not text:
            return None
        if self.type != "date":
            return float(text)
        if text == "today":
            return date.today()  # noqa: DTZ011 - the day where the loader sits
        try:
            bounds = parse(text, self.calendar).bounds
        except PeyvandError as error:
            raise ValueError(str(error)) from error
        return bounds[side] if bounds else None

    @cached_property
    def null_words(self) -> frozenset[str]:
        """The cells that mean that nothing was recorded."""
        return frozenset(clean(word).casefold() for word in self.nulls)


Columns = Mapping[str, Column]


def spellings(key: str, column: Column) -> tuple[str, ...]:
    """Return the names that a column may have in a file: its own, the others, and those of both scripts together."""
    names = (key, *column.header)
    persian, latin = (next((name for name in names if is_rtl(name) is rtl), None) for rtl in (True, False))
    both = (f"{persian}\n{latin}", f"{latin}\n{persian}") if persian and latin else ()
    return (*names, *both)


def words(of: str) -> Mapping[str, object]:
    """Return the vocabulary list that ``of`` names, such as ``statuses`` or ``kinds.Agreement``."""
    name, _, part = of.partition(".")
    found: Mapping[str, object] = getattr(vocabulary(), name)
    if not part:
        return found
    inner = found[part]
    return inner if isinstance(inner, Mapping) else {}


def _list_known(of: str) -> None:
    name, _, part = of.partition(".")
    known = getattr(vocabulary(), name, None) if name in Vocabulary.model_fields else None
    if not isinstance(known, Mapping) or (part and part not in known):
        raise ValueError(f"there is no list of words {of}")


def _table(name: str, context: object) -> dict[str, str]:
    """Return the lookup table ``name`` beside the mapping, as the word for every spelling."""
    folder = context if isinstance(context, Path) else Path()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ValueError(f"there is no lookup table {name} beside the mapping")
    try:
        return _from_csv(path) if path.suffix.lower() == ".csv" else _from_yaml(path)
    except (PeyvandError, OSError, *BROKEN) as error:
        raise ValueError(f"the lookup table {name} cannot be read: {error}") from error


def _from_csv(path: Path) -> dict[str, str]:
    """Read spellings from the first column and the words for them from the second."""
    rows = [row for row in read(path).rows if row.fault is None]
    return {row.cells[0].strip(): row.cells[1].strip() for row in rows if len(row.cells) > 1}


def _from_yaml(path: Path) -> dict[str, str]:
    """Read ``spelling: word`` or ``word: [spelling, …]``."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    if not isinstance(content, dict):
        raise ValueError(f"the lookup table {path.name} is not a list of names")  # noqa: TRY004 - pydantic wants it
    found: dict[str, str] = {}
    for key, value in content.items():
        found |= dict.fromkeys(value, key) if isinstance(value, list) else {key: str(value)}
    return found
