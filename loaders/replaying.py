"""Rejected rows, mended by a person or not, as rows of the file and line from which they were rejected.

The file of rejects has the rows of several tables under all of their columns. What was put in front of a cell, so that
no spreadsheet takes it for a formula, is taken off again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.text import latin_digits, squash
from loaders import syncing
from loaders.aliases import in_effect
from loaders.decisions import Decisions
from loaders.facts import Reject
from loaders.guarding import bare, guarded
from loaders.known import Known
from loaders.ledger import Ledger
from loaders.mapping import MappingFile
from loaders.planning import planned
from loaders.promise import PlannedFile, Promise, fingerprint, rules_of
from loaders.reading import NOTHING_SAID, Encoding, Export, Fault, Reading, Remark, Row, read
from loaders.refusals import without_row
from loaders.rules import TableRule

HEAD = tuple(f"rejected_{name}" for name in ("file", "line", "column", "value", "reason", "hint"))
FILE, LINE, COLUMN, VALUE, MORE = *HEAD[:4], "rejected_more"
_BETWEEN = " | "
_LOST = "\ufffd"
_Table = tuple[str, tuple[str, ...], list[Row]]  # file, header, rows


def table_of(rejects: Sequence[Reject], gettext: Callable[[str], str]) -> Iterator[list[str]]:
    """Yield the rows of the file of ``rejects``, its header first; cells of rows that are too long stand in the end."""
    columns = list(dict.fromkeys(name for reject in rejects for name in reject.header))
    longer = any(len(reject.row.cells) > len(reject.header) for reject in rejects)
    yield [*HEAD, *columns, *([MORE] if longer else [])]
    for reject in rejects:
        cells = dict(zip(reject.header, reject.row.cells, strict=False))
        more = [_BETWEEN.join(reject.row.cells[len(reject.header) :])] if longer else []
        told = [reject.reason.translated(gettext), reject.reason.translated_hint(gettext)]
        where = [reject.file, str(reject.row.line), reject.column, reject.value]
        yield [*map(guarded, [*where, *told, *(cells.get(name, "") for name in columns), *more])]


def replay_file(
    store: Store, ledger: Ledger, path: Path, mapping: MappingFile, mapping_file: Path | None = None
) -> Promise:
    """Return the plan for loading the mended rows in the file of rejects at ``path``.

    Raises
    ------
    LoadError
        If it is no file of rejects, or ``mapping`` has no table for one of its files.

    """
    whole = read(path)
    rows = defaultdict[str, list[dict[str, str]]](list)
    for row, cells in _rows(whole):
        if _without_row(cells):
            continue
        rows[_given(cells, FILE, whole.name, row)].append({**cells, LINE: _line(cells, whole.name, row)})
    reading = whole.reading
    name = reading.encoding.name if reading.encoding else None
    file = PlannedFile(whole.name, str(path.resolve()), *fingerprint(path), name, reading.delimiter, reading.rows)
    tables = [_mended(name, found, mapping) for name, found in rows.items()]
    return _replayed(store, ledger, mapping, tables, (file,), mapping_file)


def files_of(path: Path) -> list[str]:
    """Return the names of the files from which the rows in the file of rejects at ``path`` come."""
    whole = read(path)
    names = (_given(cells, FILE, whole.name, row) for row, cells in _rows(whole) if not _without_row(cells))
    return list(dict.fromkeys(name.rpartition("/")[2] for name in names))


def _rows(whole: Export) -> Iterator[tuple[Row, dict[str, str]]]:
    """Yield the rows of a file of rejects with their cells by column, as they were before they were guarded."""
    for row in whole.rows:
        if row.fault:
            message = N_("%(file)s, line %(line)s: %(reason)s")
            raise LoadError(message, file=whole.name, line=row.line, reason=row.fault.reason)
        yield row, dict(zip(whole.header, map(bare, row.cells), strict=True))


def replay_run(
    store: Store, ledger: Ledger, run: str, mapping: MappingFile, mapping_file: Path | None = None
) -> Promise:
    """Return the plan for loading the rows that ``run`` rejected again: the mapping, or the graph, may be mended."""
    rows = defaultdict[str, list[Reject]](list)
    for reject in ledger.rejects(ledger.load(run)):
        if not without_row(reject):
            rows[reject.file].append(reject)
    tables = [
        (name, found[0].header, [Row(reject.row.line, reject.row.cells) for reject in found])
        for name, found in rows.items()
    ]
    return _replayed(store, ledger, mapping, tables, (), mapping_file)


def _replayed(
    store: Store,
    ledger: Ledger,
    mapping: MappingFile,
    tables: Iterable[_Table],
    files: tuple[PlannedFile, ...],
    mapping_file: Path | None,
) -> Promise:
    """Return the plan for rows of a part of each table: what is not among them is not absent."""
    state = syncing.state(store)
    known = Known(ledger.database, state.graph, mapping.mapping) if mapping.remember else None
    exports = _exports(tables, mapping)
    decided = Decisions(ledger.database).merges()
    merged = in_effect(store, decided)
    made = planned(store, exports, mapping, known, merged, thorough=not ledger.trusts(state), partial=True)
    where = str(mapping_file.resolve()) if mapping_file else None
    return Promise(made, files, mapping.version, rules_of(mapping, decided), state, mapping_file=where)


def _exports(tables: Iterable[_Table], mapping: MappingFile) -> dict[str, Export]:
    """Return the rows by table."""
    found = dict[str, Export]()
    for name, header, rows in tables:
        table = _table(name, mapping).file
        if other := found.get(table):
            message = N_("%(file)s and %(other)s hold rows of one table. Load their rows one after the other.")
            raise LoadError(message, file=name, other=other.name)
        found[table] = _export(name, header, rows)
    if not found:
        raise LoadError(N_("None of these rejects has a row that could be loaded. Load the files again."))
    return found


def _export(name: str, header: tuple[str, ...], rows: Iterable[Row]) -> Export:
    plain = Encoding("utf-8", "UTF-8", 100, Remark(""))
    return Export(header, list(map(_sound, rows)), Reading(name, plain, ",", None, 1, ()))


def _sound(row: Row) -> Row:
    """Return ``row`` with a fault if a cell still has letters that were lost."""
    for place, cell in enumerate(row.cells):
        if _LOST in cell:
            return row._replace(fault=Fault(LoadError(N_("Bytes are damaged here; letters are lost.")), place))
    return row


def _without_row(cells: Mapping[str, str]) -> bool:
    """Return whether the row tells of a change behind which no row could be found, and so holds nothing to load."""
    filled = [cell for name, cell in cells.items() if name not in HEAD and cell]
    return not cells.get(COLUMN) and filled == [cells.get(VALUE)]


def _mended(name: str, rows: Sequence[Mapping[str, str]], mapping: MappingFile) -> _Table:
    """Return the rows of one table; a cell in the column of another one makes its row too long."""
    known = mapping.guidance(_table(name, mapping), NOTHING_SAID).known
    others = [column for column in rows[0] if column not in HEAD]
    own = tuple(column for column in others if (squash(column) or column) in known)
    foreign = [column for column in others if column not in own]
    made = [
        Row(int(row[LINE]), (*(row[column] for column in own), *(row[column] for column in foreign if row[column])))
        for row in rows
    ]
    return name, own, made


def _table(name: str, mapping: MappingFile) -> TableRule:
    if table := mapping.table_of(name.rpartition("/")[2]):
        return table
    message = N_("The mapping %(mapping)s has no table for %(file)s.")
    raise LoadError(message, mapping=mapping.mapping, file=name)


def _given(cells: Mapping[str, str], column: str, file: str, row: Row) -> str:
    if found := cells.get(column, "").strip():
        return found
    message = N_("%(file)s, line %(line)s: the column “%(column)s” must say from where the row was rejected.")
    raise LoadError(message, file=file, line=row.line, column=column)


def _line(cells: Mapping[str, str], file: str, row: Row) -> str:
    found = latin_digits(_given(cells, LINE, file, row))
    return found if found.isdecimal() else _given({}, LINE, file, row)
