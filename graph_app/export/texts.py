"""JSON and NDJSON for programs, CSV for spreadsheets; rows may come batch by batch and are never held together."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from graph_app.catalog.question import Answer
from graph_app.exploration.claims import unsourced
from graph_app.exploration.levels import Level
from graph_app.graph.results import Node, Position, Subgraph, Table, Tie, as_json
from graph_app.graph.written import json_bytes
from graph_app.picture import name_of

# What makes a spreadsheet take a text for a formula; some also read full-width signs, and some cut at semicolons and
# line ends even what is quoted.
_FORMULA = re.compile(r"^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?=[=+\-@＝＋－＠])")
_BETWEEN = "; "
Row = tuple[Any, ...]
_TIE_COLUMNS = ("from", "type", "to", "sourced", "certainty", "source", "source_line", "quote")


def document(answer: Answer, level: Level | None = None) -> dict[str, Any]:
    """Return an answer as JSON can write it: the question, its values, the columns and the rows."""
    table = rows_of(answer.result)
    return {
        "name": answer.question.name,
        "parameters": as_json(dict(answer.values)),
        **said(level),
        **table_document(table, answer.seconds),
    }


def json_document(answer: Answer, level: Level | None = None) -> bytes:
    """Return ``document`` as UTF-8, made without a copy of the rows."""
    table = rows_of(answer.result)
    return json_bytes(
        {
            "name": answer.question.name,
            "parameters": answer.values,
            **said(level),
            "columns": table.columns,
            "rows": table.rows,
            "cut": table.cut,
            "seconds": round(answer.seconds, 3),
        }
    )


def said(level: Level | None) -> dict[str, str]:
    """Return what JSON says of how confidential its content is."""
    return {"confidentiality": level.short} if level else {}


def table_document(table: Table, seconds: float) -> dict[str, Any]:
    """Return rows as JSON can write them: the columns, the rows, whether they were cut, and how long it took."""
    return {
        "columns": list(table.columns),
        "rows": as_json([list(row) for row in table.rows]),
        "cut": table.cut,
        "seconds": round(seconds, 3),
    }


def csv_text(answer: Answer, language: str, *, mark: bool = True) -> str:
    """Return an answer as CSV (RFC 4180), with a byte order mark if ``mark``, so that Excel sees that it is UTF-8.

    An entity is its id, and a second column has its name in ``language``. Every text is quoted, since spreadsheets of
    some countries cut at semicolons; what they would take for a formula gets an apostrophe in front.
    """
    return table_csv(rows_of(answer.result), language, mark=mark)


def table_csv(table: Table, language: str, *, mark: bool = True) -> str:
    """Return rows as ``csv_text`` returns an answer."""
    return "".join(csv_pieces(table.columns, [table.rows], language, mark=mark))


def csv_pieces(
    columns: Sequence[str], batches: Iterable[Sequence[Row]], language: str, *, mark: bool = True
) -> Iterator[str]:
    """Yield CSV batch by batch. Which columns have entities, and so a second one for names, the first batch says."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    extra: set[str] | None = None
    for batch in batches:
        if extra is None:
            extra = named(columns, batch)
            stream.write("\ufeff" if mark else "")
            writer.writerow(_heads(columns, extra))
        writer.writerows(list(_cells(zip(columns, row, strict=True), extra, language)) for row in batch)
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    if extra is None:
        writer.writerow(_heads(columns, ()))
        yield ("\ufeff" if mark else "") + stream.getvalue()


def ndjson_pieces(columns: Sequence[str], batches: Iterable[Sequence[Row]]) -> Iterator[str]:
    """Yield one JSON object a line and row, by the names of the columns."""
    for batch in batches:
        lines = (json_bytes(dict(zip(columns, row, strict=True))).decode() for row in batch)
        yield "".join(f"{line}\n" for line in lines)


def named(columns: Sequence[str], rows: Iterable[Row]) -> set[str]:
    """Return the columns that hold entities, and for whose names there is no other column."""
    held: set[int] = set()
    for row in rows:
        held.update(at for at, value in enumerate(row) if at not in held and _holds_node(value))
        if len(held) == len(columns):
            break
    return {columns[at] for at in held if f"{columns[at]}_name" not in columns}


def rows_of(result: Table | Subgraph) -> Table:
    """Return an answer as rows: a table as it is, a network as one row per tie, then one per entity without any."""
    if isinstance(result, Table):
        return result
    nodes = {node.id: node for node in result.nodes}
    ties = [(nodes[tie.start], tie.type, nodes[tie.end], *_told(tie)) for tie in result.ties]
    tied = {end for tie in result.ties for end in (tie.start, tie.end)}
    alone = [(node, *[None] * (len(_TIE_COLUMNS) - 1)) for node in result.nodes if node.id not in tied]
    return Table(_TIE_COLUMNS, [*ties, *alone], result.cut)


def _told(tie: Tie) -> tuple[Any, ...]:
    """Return what stands beside the ends of a tie: whether anybody vouches for it, and who."""
    return not unsourced(tie), *(tie.properties.get(key) for key in _TIE_COLUMNS[4:])


def _heads(columns: Sequence[str], extra: Iterable[str]) -> Iterator[str]:
    for column in columns:
        yield defused(column)
        if column in extra:
            yield defused(f"{column}_name")


def _cells(cells: Iterable[tuple[str, Any]], extra: Iterable[str], language: str) -> Iterator[Any]:
    for column, value in cells:
        yield _cell(value)
        if column in extra:
            yield defused(_BETWEEN.join(name_of(node, language) for node in _nodes(value)))


def _cell(value: Any) -> Any:  # noqa: ANN401 - whatever a question returns
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return defused(plain_text(value))


def plain_text(value: Any) -> str:  # noqa: ANN401 - any cell
    """Return a cell as one text: entities by id, days in ISO form, lists with semicolons; nothing for None."""
    match value:
        case None:
            return ""
        case Node():
            return value.id
        case Tie():
            return f"{value.start} {value.type} {value.end}"
        case Position():
            return f"{value.latitude}, {value.longitude}"
        case date():
            return value.isoformat()
        case Mapping():
            return json.dumps(as_json(dict(value)), ensure_ascii=False)
        case list() | tuple():
            return _BETWEEN.join(plain_text(item) for item in value)
    return str(value)


def defused(text: str) -> str:
    """Return ``text`` with an apostrophe in front of whatever a spreadsheet would take for a formula.

    Examples
    --------
    >>> defused("=1+1"), defused("a;=1+1;b"), defused("1-2 = -1")
    ("'=1+1", "a;'=1+1;b", '1-2 = -1')

    """
    return _FORMULA.sub("'", text)


def _nodes(value: Any) -> Iterator[Node]:  # noqa: ANN401
    if isinstance(value, Node):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _nodes(item)


def _holds_node(value: Any) -> bool:  # noqa: ANN401
    return next(_nodes(value), None) is not None
