"""The answer to a saved question as a file, or as data for programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from flask import Blueprint, Response, abort, current_app, request

from graph_app.catalog import Answer, Question
from graph_app.catalog.kept import Kept
from graph_app.exploration.levels import Level
from graph_app.export import csv_text, rows_of
from graph_app.export.texts import csv_pieces, json_document, ndjson_pieces
from graph_app.graph.results import Subgraph
from graph_app.views import language, store
from graph_app.views.answering import answered_as_given, level_of, tagged, unchanged
from graph_app.views.levels import at_most, labelled
from graph_app.views.question_page import asked, given

bp = Blueprint("answer_files", __name__, url_prefix="/queries")

_CSV, _NDJSON = "text/csv; charset=utf-8", "application/x-ndjson; charset=utf-8"
Maker = Callable[[Answer, Level | None], str | bytes]
Shown = Callable[[Question, Kept], Answer]


def _workbook(answer: Answer, level: Level | None) -> bytes:
    from graph_app.export.workbook import workbook  # noqa: PLC0415 - only who takes a workbook away needs its library

    return workbook(answer, language(), level)


def _graphml(answer: Answer, level: Level | None) -> bytes:
    from graph_app.export import graphs  # noqa: PLC0415 - networkx is large

    return graphs.graphml(_graph(answer, level))


def _gexf(answer: Answer, level: Level | None) -> bytes:
    from graph_app.export import graphs  # noqa: PLC0415

    return graphs.gexf(_graph(answer, level))


def _graph(answer: Answer, level: Level | None) -> Any:  # noqa: ANN401 - the type is networkx's
    from graph_app.export import graphs  # noqa: PLC0415

    about = {"title": answer.question.header.title.in_language(language()), "question": answer.question.name}
    return graphs.network(cast("Subgraph", answer.result), language(), about, level)


def _page(answer: Answer, level: Level | None) -> str:
    from graph_app.export.sheet import page  # noqa: PLC0415

    return page(answer, language(), datetime.now(UTC), level)


def _csv(answer: Answer, _level: Level | None) -> str:
    return csv_text(answer, language(), mark=request.args.get("bom") != "no")


def _ndjson(answer: Answer, _level: Level | None) -> str:
    table = rows_of(answer.result)
    return "".join(ndjson_pieces(table.columns, [table.rows]))


def _rows(_question: Question, kept: Kept) -> Answer:
    return kept.answer


def _drawn(question: Question, kept: Kept) -> Answer:
    return kept.answer.drawn(question.elements(store()))


def _shown(question: Question, kept: Kept) -> Answer:
    """Return the answer as rows or, if that is how it is asked for or meant, as ties."""
    wanted = request.args.get("view") or question.header.view
    return _drawn(question, kept) if wanted == "network" else kept.answer


@dataclass(frozen=True)
class _Kind:
    """A kind of file: its media type, what of an answer it holds, and what makes it of that."""

    mimetype: str
    shown: Shown
    make: Maker


_KINDS: Mapping[str, _Kind] = {
    "csv": _Kind(_CSV, _shown, _csv),
    "ndjson": _Kind(_NDJSON, _shown, _ndjson),
    "xlsx": _Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _rows, _workbook),
    "graphml": _Kind("application/graphml+xml", _drawn, _graphml),
    "gexf": _Kind("application/gexf+xml", _drawn, _gexf),
    "html": _Kind("text/html; charset=utf-8", _rows, _page),
}


@bp.get("/<subject>/<question>.json")
def as_json(subject: str, question: str) -> Response:
    """Answer a question as JSON; a network as its ties."""
    wanted = asked(subject, question)
    return json_of(wanted, answered_as_given(wanted, given(wanted)))


@bp.get("/<subject>/<question>.csv")
def as_csv(subject: str, question: str) -> Response:
    """Answer a question as CSV: what the page shows, or with ``rows=all`` every row, as they come."""
    wanted, mark, told = asked(subject, question), request.args.get("bom") != "no", language()
    if request.args.get("rows") == "all":
        return _streamed(wanted, "csv", _CSV, lambda columns, rows: csv_pieces(columns, rows, told, mark=mark))
    return file_of(wanted, answered_as_given(wanted, given(wanted)), "csv")


@bp.get("/<subject>/<question>.ndjson")
def as_ndjson(subject: str, question: str) -> Response:
    """Answer a question as one JSON object a row: what the page shows, or with ``rows=all`` every row."""
    wanted = asked(subject, question)
    if request.args.get("rows") == "all":
        return _streamed(wanted, "ndjson", _NDJSON, ndjson_pieces)
    return file_of(wanted, answered_as_given(wanted, given(wanted)), "ndjson")


@bp.get("/<subject>/<question>.<ending>")
def as_file(subject: str, question: str, ending: str) -> Response:
    """Answer a question as a workbook, a graph for other programs, or one page to keep."""
    if ending not in _KINDS:
        abort(404)
    wanted = asked(subject, question)
    return file_of(wanted, answered_as_given(wanted, given(wanted)), ending)


def json_of(question: Question, kept: Kept) -> Response:
    """Return an answer as JSON."""
    view = request.args.get("view", "")
    if found := unchanged(kept, "json", view):
        return found
    shown = _shown(question, kept)
    level = level_of(kept, shown.result)
    answer = Response(json_document(shown, level), content_type="application/json")
    return tagged(labelled(answer, level), kept, "json", view)


def file_of(question: Question, kept: Kept, ending: str) -> Response:
    """Return an answer as a file to be taken away; 404 for one of a kind that is not made."""
    if ending not in _KINDS:
        abort(404)
    parts = (ending, request.args.get("view", ""), request.args.get("bom", ""))
    if found := unchanged(kept, *parts):
        return found
    kind = _KINDS[ending]
    shown = kind.shown(question, kept)
    level = level_of(kept, shown.result)
    answer = Response(kind.make(shown, level), content_type=kind.mimetype, headers=_headers(shown, ending))
    return tagged(labelled(answer, level), kept, *parts)


def _headers(shown: Answer, ending: str) -> dict[str, str]:
    name = shown.question.name.replace("/", "-") + (f"-first-{len(rows_of(shown.result).rows)}" if shown.cut else "")
    return {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "X-Rows-Cut": "true" if shown.cut else "false",
        "X-Content-Type-Options": "nosniff",
    }


def _streamed(
    question: Question,
    ending: str,
    mimetype: str,
    pieces: Callable[[tuple[str, ...], Iterable[list[tuple[Any, ...]]]], Iterator[str]],
) -> Response:
    """Answer with every row. What breaks off ends without the end that its transfer promises, so that it is noticed."""
    values = question.read(store(), given(question)).values
    columns, batches = question.stream(store(), values, rows=current_app.config["EXPORT"])
    name = f"{question.name.replace('/', '-')}.{ending}"
    kept = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    return at_most(Response(pieces(columns, batches), content_type=mimetype, headers=kept))
