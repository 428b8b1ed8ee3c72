"""The header of an export, matched with the columns of its mapping by any of their names."""

from collections.abc import Mapping
from difflib import get_close_matches

from graph_app.errors import N_, LoadError
from graph_app.text import squash
from loaders.column_rules import Column, spellings
from loaders.mapping import MappingFile
from loaders.reading import Export
from loaders.rules import TableRule


def heading(export: Export, table: TableRule, mapping: MappingFile) -> dict[str, Column]:
    """Return the columns of ``table`` in the order in which they stand in ``export``.

    Raises
    ------
    LoadError
        If the file has a column that the mapping does not list, or lacks one that it needs.

    """
    known = mapping.columns(table)
    spelled = _spelled(known)
    found: dict[str, Column] = {}
    for name in export.header:
        key = spelled.get(_folded(name))
        if key is None:
            raise _unlisted(export, name, mapping, spelled)
        if key in found:
            message = N_("%(file)s: “%(column)s” is a second name of the column “%(key)s”, which is there already.")
            raise LoadError(message, file=export.name, column=name, key=key)
        found[key] = known[key]
    for name, column in table.columns.items():
        if name not in found and not column.optional:
            message = N_("%(file)s has no column “%(column)s”; the mapping %(mapping)s needs it.")
            raise LoadError(message, file=export.name, column=name, mapping=mapping.mapping)
    return found


def key_of(columns: Mapping[str, Column], name: str) -> str | None:
    """Return the key of the column that has ``name`` among its names, in whatever spelling."""
    return _spelled(columns).get(_folded(name))


def _spelled(columns: Mapping[str, Column]) -> dict[str, str]:
    return {_folded(name): key for key, column in columns.items() for name in spellings(key, column)}


def _folded(name: str) -> str:
    return squash(name) or name


def _unlisted(export: Export, name: str, mapping: MappingFile, spelled: Mapping[str, str]) -> LoadError:
    near = get_close_matches(_folded(name), spelled, n=1)
    values = {"file": export.name, "column": name, "mapping": mapping.mapping}
    if not near:
        return LoadError(N_("%(file)s has a column “%(column)s” that the mapping %(mapping)s does not list."), **values)
    message = N_(
        "%(file)s has a column “%(column)s” that the mapping %(mapping)s does not list. Did you mean “%(near)s”?"
    )
    return LoadError(message, **values, near=spelled[near[0]])
