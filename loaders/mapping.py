"""The mapping file: what each table of an export means, written as YAML that people who do not program can read.

Scalars are read as text (``no`` stays "no", ``0098`` stays "0098"). A name in ``set`` is a column; ``=word`` is the
word itself; a list takes the first column that is not empty. A target in ``from`` and ``to`` is

* ``place``                     the node of this row with that name
* ``Place:parent_id``           the entity of that label whose key stands in that column
* ``*:party_type:party_id``     as above, the label told by a column through ``references``
* ``*:actor_refs``              every entity in a column of type ``references`` (``place:x|institution:y``)

How a column is read, and the words of the file that stand for ours, is in ``columns``; see ``loaders.column_rules``.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from graph_app.errors import N_, LoadError
from graph_app.keys import KEYS
from graph_app.text import squash
from graph_app.vocabulary import Word, vocabulary
from loaders.column_rules import Column, Columns, Listed, ReadRule
from loaders.column_rules import Entry as _Entry
from loaders.reading import SUFFIXES, Guidance
from loaders.sync_rules import MappingSync, TableSync

MAPPINGS = Path(__file__).resolve().parent / "mappings"
RESERVED = frozenset(
    {"id", *KEYS, "source", "source_line", "quote", "file", "row_line", "certainty", "note"}
    | {"reported_on", "mapping", "run", "properties", "rank", "rank_reason", "credibility", "basis"}
    | {"evidence_kind", "differs", "type"}
)

Values = Mapping[str, Listed]


class Refining(_Entry):
    """The refining label of a node, told by the value of a column."""

    column: str
    labels: Mapping[str, str]


class NodeRule(_Entry):
    """One entity per row: its label, the column that holds its key, and its properties."""

    name: str = Field(alias="as")
    label: str
    id: str
    also: str | Refining | None = None
    when: str | None = None
    set: Values = Field(default_factory=dict)
    position: tuple[str, str] | None = None


class TieRule(_Entry):
    """One tie per row, or one per reference: its ends and properties.

    ``where`` wants a word in a column, or with ``!`` another one; ``by`` tells apart ties between the same ends.
    """

    type: str
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    when: str | None = None
    unless: str | None = None
    where: Mapping[str, str] = Field(default_factory=dict)
    by: tuple[str, ...] = ()
    set: Values = Field(default_factory=dict)


class EvidenceRule(_Entry):
    """The columns that say where a row's facts are written, and what is thought of them.

    ``rank`` is preferred, normal or deprecated, for the reason in ``rank_reason``; ``credibility`` runs from 1 to 6;
    ``basis`` is how the source knows.
    """

    source: str
    line: str | None = None
    quote: str | None = None
    certainty: str = "=reported"
    note: str | None = None
    rank: str | None = None
    rank_reason: str | None = None
    credibility: str | None = None
    basis: str | None = None


class TableRule(TableSync):
    """One file of the export; the same table may come as CSV, TSV or XLSX under the same name."""

    file: str
    read: ReadRule = Field(default_factory=ReadRule)
    columns: Columns = Field(default_factory=dict)
    evidence: EvidenceRule | None = None
    nodes: tuple[NodeRule, ...] = ()
    ties: tuple[TieRule, ...] = ()


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

    @cached_property
    def by_file(self) -> dict[str, TableRule]:
        """The tables by the name of their file."""
        return {table.file: table for table in self.tables}

    def table_of(self, file: str) -> TableRule | None:
        """Return the table that the file with this name holds; ``places.xlsx`` holds ``places.csv``."""
        stem, dot, suffix = file.rpartition(".")
        found = (table for table in self.tables if table.file.rpartition(".")[0] == stem)
        return self.by_file.get(file) or (next(found, None) if f"{dot}{suffix.lower()}" in SUFFIXES else None)

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
        names = (name for key, column in self.columns(table).items() for name in (key, *column.header))
        return Guidance(**chosen, known=frozenset(map(squash, names)))

    @model_validator(mode="after")
    def _names_exist(self) -> "MappingFile":
        for table in self.tables:
            _check_table(self, table)
        return self


def load(path: Path) -> MappingFile:
    """Return the mapping in the YAML file at ``path``.

    Raises
    ------
    LoadError
        If it cannot be read or uses a label, type or column that does not exist; the message says where.

    """
    try:
        content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
        return MappingFile.model_validate(content, context=path.parent)
    except (OSError, yaml.YAMLError) as error:
        raise LoadError(N_("The mapping %(file)s cannot be read: %(reason)s"), file=path, reason=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " › ".join(str(part) for part in first["loc"])
        message = N_("The mapping %(file)s is wrong at %(where)s: %(reason)s")
        raise LoadError(message, file=path.name, where=where or "tables", reason=first["msg"]) from error


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


def _check_table(mapping: MappingFile, table: TableRule) -> None:
    """Refuse names that nothing defines: a typing error in a mapping must not become an empty graph."""
    words = vocabulary()
    columns = {**mapping.common, **table.columns}
    spelled = ({squash(name) or name for name in (key, *column.header)} for key, column in columns.items())
    names = [name for spellings in spelled for name in spellings]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{table.file}: two columns have the name {', '.join(sorted(twice))}")
    said = (table.evidence or mapping.evidence).model_dump().values()
    _columns_known(columns, table.file, [*table.key, *(name for name in said if name and not name.startswith("="))])
    for node in table.nodes:
        _known(node.label in words.labels, f"{table.file}: label {node.label}")
        reserved = {name for name in node.set if name in RESERVED or name.startswith("original_")}
        _known(not reserved, f"{table.file}: reserved property {reserved}")
        _columns_known(columns, table.file, [node.id, node.when, *(node.position or ()), *_names(node.set)])
    for tie in table.ties:
        _known(tie.type in words.types, f"{table.file}: type {tie.type}")
        _known("type" not in tie.set, f"{table.file}: reserved property type")
        _columns_known(columns, table.file, [tie.when, tie.unless, *tie.by, *tie.where, *_names(tie.set)])
        for target in (tie.start, tie.end):
            _target_known(mapping, table, columns, target)


def _names(values: Values) -> list[str]:
    return [name for names in values.values() for name in names if not name.startswith("=")]


def _columns_known(columns: Mapping[str, Column], file: str, names: Iterable[str | None]) -> None:
    for name in names:
        _known(name is None or name in columns, f"{file}: column {name}")


def _target_known(mapping: MappingFile, table: TableRule, columns: Mapping[str, Column], target: str) -> None:
    head, *names = target.split(":")
    if head == "*":
        _known(bool(mapping.references), "references")
    elif names:
        _known(head in vocabulary().labels, f"{table.file}: label {head}")
    else:
        _known(head in {node.name for node in table.nodes}, f"{table.file}: node {head}")
    _columns_known(columns, table.file, names)


def _known(condition: bool, what: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not condition:
        message = f"{what} is not defined"
        raise ValueError(message)
