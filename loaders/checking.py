"""A mapping, checked without a database: its names, its words, and the tests that it carries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from graph_app.errors import N_, LoadError
from loaders import mapping as mappings
from loaders.column_rules import Column
from loaders.compiling import compile_table
from loaders.expectations import Difference, Expectation, differences
from loaders.facts import EntityClaim, Reject, RowFacts
from loaders.heading import key_of
from loaders.mapping import MappingFile
from loaders.reading import Export, Reading, Row
from loaders.rules import TableRule

_UNSAID = {"source": "source", "certainty": "stated"}  # cells that tests need not repeat
_FILE = "test"


@dataclass(frozen=True)
class Checked:
    """What became of the check of one mapping: the number of its tests, and what is wrong."""

    name: str
    tests: int
    problems: tuple[LoadError, ...]


def check(path: Path) -> Checked:
    """Return what is wrong with the mapping in the file at ``path``: all mistakes, else all tests that fail."""
    try:
        mapping = MappingFile.model_validate(mappings.content(path), context=path.parent)
    except LoadError as error:
        return Checked(path.name, 0, (error,))
    except ValidationError as error:
        return Checked(path.name, 0, tuple(mappings.mistakes(error, path)))
    return Checked(mapping.mapping, len(mapping.tests), tuple(failures(mapping)))


def failures(mapping: MappingFile) -> Iterator[LoadError]:
    """Yield, for each test of ``mapping`` that fails, what was expected and what came out."""
    for number, test in enumerate(mapping.tests, start=1):
        name = f"{number} ({test.about})" if test.about else str(number)
        try:
            found = list(_run(mapping, test))
        except LoadError as error:
            message = N_("%(mapping)s, test %(test)s: %(reason)s")
            yield LoadError(message, mapping=mapping.mapping, test=name, reason=error)
            continue
        for one in found:
            message = N_("%(mapping)s, test %(test)s: %(what)s is %(found)s; expected was %(expected)s.")
            yield LoadError(message, mapping=mapping.mapping, test=name, **vars(one))


def _run(mapping: MappingFile, test: Expectation) -> Iterator[Difference]:
    table = mapping.by_file[test.table] if test.table else mapping.tables[0]
    columns = mapping.columns(table)
    row = {_key(columns, table, name): cell for name, cell in test.row.items()}
    named = test if test.reject is None else test.model_copy(update={"reject": _key(columns, table, test.reject)})
    cells = {**dict.fromkeys(columns, ""), **_unsaid(mapping, table), **row}
    found = _compiled(cells, table, mapping)
    return differences(named, found, {} if isinstance(found, Reject) else _nodes(cells, table, mapping))


def _key(columns: Mapping[str, Column], table: TableRule, name: str) -> str:
    key = key_of(columns, name)
    if key is None:
        raise LoadError(N_("%(file)s has no column “%(column)s” in this mapping."), file=table.file, column=name)
    return key


def _unsaid(mapping: MappingFile, table: TableRule) -> dict[str, str]:
    rules = filter(None, (mapping.evidence, table.evidence))
    said = {getattr(rule, name): cell for rule in rules for name, cell in _UNSAID.items()}
    return {column: cell for column, cell in said.items() if not column.startswith("=")}


def _nodes(cells: Mapping[str, str], table: TableRule, mapping: MappingFile) -> dict[str, EntityClaim]:
    """Return what the row says of each node, which is made alone so that it is known by its name."""
    alone = {node.name: table.model_copy(update={"nodes": (node,), "ties": ()}) for node in table.nodes}
    made = {name: _compiled(cells, one, mapping) for name, one in alone.items()}
    return {name: one.entities[0] for name, one in made.items() if isinstance(one, RowFacts) and one.entities}


def _compiled(cells: Mapping[str, str], table: TableRule, mapping: MappingFile) -> RowFacts | Reject:
    reading = Reading(f"{_FILE}/{table.file}", None, None, None, 1, ())
    export = Export(tuple(cells), [Row(2, tuple(cells.values()))], reading)
    return next(compile_table(export, table, mapping))
