"""The mapping file: what each table of an export means, written as YAML that people who do not program can read.

Scalars are read as text (``no`` stays "no", ``0098`` stays "0098"). A name in ``set`` is a column; ``=word`` is the
word itself, in which ``{column}`` is filled in; a list takes the first that is not empty. The ``id`` of a node is a
column, or a list of columns and ``=words`` that make its key together. A target in ``from`` and ``to`` is

* ``place``                     the node of this row with that name
* ``Place:parent_id``           the entity of that label whose key stands in that column
* ``*:party_type:party_id``     as above, the label told by a column through ``references``
* ``*:actor_refs``              every entity in a column of type ``references`` (``place:x|institution:y``), or the one
                              whose id stands in a column of type ``exact``

How a column is read, and the words of the file that stand for ours, is in ``columns``; see ``loaders.column_rules``.
What is expected of a row is in ``tests``; see ``loaders.expectations``.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from graph_app.errors import N_, LoadError
from graph_app.text import squash
from graph_app.vocabulary import Word
from graph_app.yaml_files import BROKEN, texts_loader
from loaders.column_rules import Column, Columns, ReadRule, spellings
from loaders.expectations import Expectation, check_expectation
from loaders.naming import check_references, check_table
from loaders.reading import SUFFIXES, Guidance, named_parts, sheets
from loaders.rules import EvidenceRule, TableRule
from loaders.sync_rules import MappingSync

_SHEET_NAME = 31  # letters that Excel allows
MAPPINGS = Path(__file__).resolve().parent / "mappings"


class MappingFile(MappingSync):
    """A whole mapping. ``common`` columns may stand in every table; ``references`` turns type words into labels."""

    mapping: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    version: int
    about: Word
    read: ReadRule = Field(default_factory=ReadRule)
    common: Columns = Field(default_factory=dict)
    evidence: EvidenceRule
    references: Mapping[str, str] = Field(default_factory=dict)
    tables: tuple[TableRule, ...]
    tests: tuple[Expectation, ...] = Field(default=(), exclude=True)  # they change nothing that is loaded

    @cached_property
    def by_file(self) -> dict[str, TableRule]:
        """The tables by the name of their file."""
        return {table.file: table for table in self.tables}

    def table_of(self, file: str) -> TableRule | None:
        """Return the table that the file with this name holds; ``places.xlsx`` holds ``places.csv``.

        A sheet, as an export is named after it (``book.xlsx (places)``), holds the table after which it is named.
        """
        _, sheet = named_parts(file)
        if sheet is not None:
            return next((table for table in self.tables if sheet_name(table) == sheet), None)
        stem, dot, suffix = file.rpartition(".")
        found = (table for table in self.tables if table.file.rpartition(".")[0] == stem)
        return self.by_file.get(file) or (next(found, None) if f"{dot}{suffix.lower()}" in SUFFIXES else None)

    def tables_in(self, path: Path) -> list[tuple[TableRule, str | None]]:
        """Return the tables that the file at ``path`` holds: its own, or one for each sheet that is named as one is."""
        if table := self.table_of(path.name):
            return [(table, None)]
        named = {sheet_name(table): table for table in self.tables}
        return [(named[sheet], sheet) for sheet in sheets(path) if sheet in named]

    def columns(self, table: TableRule) -> dict[str, Column]:
        """Return the columns that ``table`` may have, with the words for nothing that hold for all of them."""
        nulls = (*self.read.nulls, *table.read.nulls)
        found = {**self.common, **table.columns}
        if not nulls:
            return found
        return {name: one.model_copy(update={"nulls": (*one.nulls, *nulls)}) for name, one in found.items()}

    def guidance(self, table: TableRule, said: Guidance) -> Guidance:
        """Return how to read the file of ``table``: as ``said``, else as the table or the mapping says."""
        rules = (said, table.read, self.read)
        chosen = {
            name: next((found for rule in rules if (found := getattr(rule, name))), None)
            for name in ("encoding", "delimiter", "sheet")
        }
        names = (name for key, column in self.columns(table).items() for name in spellings(key, column))
        exact = any(rule.exact for rule in rules)
        return Guidance(**chosen, exact=exact, known=frozenset(map(squash, names)))

    @model_validator(mode="after")
    def _names_exist(self) -> "MappingFile":
        check_references(self.references)
        for test in self.tests:
            check_expectation(test, self.tables)
        for table in self.tables:
            check_table(table, {**self.common, **table.columns}, self.evidence, self.references)
        return self


def sheet_name(table: TableRule) -> str:
    """Return the name that the sheet of ``table`` has in a workbook of several tables."""
    return table.file.rpartition(".")[0][:_SHEET_NAME]


def load(path: Path) -> MappingFile:
    """Return the mapping in the YAML file at ``path``.

    Raises
    ------
    LoadError
        If it cannot be read or uses a label, type or column that does not exist; the message says where.

    """
    try:
        return MappingFile.model_validate(content(path), context=path.parent)
    except ValidationError as error:
        raise mistakes(error, path)[0] from error


def content(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what stands in the YAML file at ``path``, every scalar as text.

    Raises
    ------
    LoadError
        If it cannot be read, or is no YAML.

    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=texts_loader(path, MAPPINGS))  # noqa: S506
    except (OSError, UnicodeDecodeError, *BROKEN) as error:
        raise LoadError(N_("The mapping %(file)s cannot be read: %(reason)s"), file=path, reason=error) from error


def mistakes(error: ValidationError, path: Path) -> list[LoadError]:
    """Return what is wrong in the mapping at ``path``, each with its place."""
    message = N_("The mapping %(file)s is wrong at %(where)s: %(reason)s")
    found = ((" › ".join(map(str, one["loc"])) or "tables", one["msg"]) for one in error.errors())
    return [LoadError(message, file=path.name, where=where, reason=reason) for where, reason in found]


def shipped() -> list[MappingFile]:
    """Return the mappings that come with Peyvand, by name."""
    return [load(path) for path in sorted(MAPPINGS.glob("*.yaml"))]


def fitting(files: Iterable[str], known: Iterable[MappingFile]) -> MappingFile:
    """Return the one mapping that fits ``files``: all of its tables are there, or all of the files are its own.

    Raises
    ------
    LoadError
        If none or several fit; the message names what is missing.

    """
    present, candidates = set(files), list(known)
    held = {
        mapping.mapping: {table.file for name in present if (table := mapping.table_of(name))} for mapping in candidates
    }
    whole = [mapping for mapping in candidates if set(mapping.by_file) <= held[mapping.mapping]]
    fits = whole or [mapping for mapping in candidates if present and all(map(mapping.table_of, present))]
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(mapping.mapping for mapping in candidates)
    message = N_("No mapping fits these files (%(files)s). Name one with --mapping; there are: %(names)s.")
    raise LoadError(message, files=", ".join(sorted(present)) or "–", names=names)
