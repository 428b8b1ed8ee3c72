"""Saved questions for programs: which there are, what each asks for, and its answer row by row."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request, url_for

from graph_app.catalog import Question, ValuesError
from graph_app.catalog.parameters import Parameter, Words, fields, flat
from graph_app.catalog.values import BadValueError, chosen
from graph_app.errors import N_, PeyvandError
from graph_app.graph.written import json_bytes
from graph_app.views import language, number, store
from graph_app.views.answering import answered_as_given, tagged, unchanged
from graph_app.views.contract import records
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.parameters import OFFSET, VALUES, choice, limit, one
from graph_app.views.question_page import Arrangement, address, asked, catalog, endpoint_of, given

bp = Blueprint("questions", __name__, url_prefix="/api/v1/questions")

_ENDINGS = ("csv", "ndjson", "json", "xlsx", "graphml", "gexf", "html")
_LIST = {
    "q": one("text", "Words of its title or description.", "واژه‌هایی از عنوان یا شرح آن."),
    "tag": one("text", "One of its tags.", "یکی از برچسب‌های آن."),
    "offset": OFFSET,
    "limit": limit(100, 500),
}
_ANSWER = {
    "sort": one(
        "text",
        "Column to sort by; with a minus in front the other way round.",
        "ستون مرتب‌سازی؛ با منها در آغاز، وارونه.",
    ),
    "filter": one("text", "Words that a row must hold.", "واژه‌هایی که ردیف باید داشته باشد."),
    "offset": OFFSET,
    "limit": limit(200, 10_000),
    "anew": one("text", "Anything: ask the graph again.", "هر چیزی: از گراف دوباره پرسیده می‌شود."),
    "calendar": choice("Calendar of days in words.", "گاه‌شمار روزها در نوشته‌ها.", "jalali", "gregorian"),
}


@bp.get("")
@described(Operation(Words(en="The saved questions", fa="پرسش‌های ذخیره‌شده"), records.Questions, _LIST))
def index() -> dict[str, Any]:
    """Answer the saved questions that hold the words ``q`` and have the tag ``tag``."""
    found = catalog().find(request.args.get("q", ""), request.args.get("tag", ""))
    shown, page = _paged(found, 100)
    return {"questions": [_line(one) for one in shown], **page}


@bp.get("/<subject>/<question>")
@described(
    Operation(
        Words(en="What a saved question asks for and answers", fa="آنچه پرسش ذخیره‌شده می‌خواهد و پاسخ می‌دهد"),
        records.QuestionRecord,
    )
)
def describe(subject: str, question: str) -> dict[str, Any]:
    """Answer what one saved question asks for, its columns and its statement."""
    found = asked(subject, question)
    reader = language()
    return {
        **_line(found),
        "parameters": [_parameter(found, name, one) for name, one in found.parameters.items()],
        "columns": [{"name": name, "title": one.in_language(reader)} for name, one in found.header.columns.items()],
        "example": found.example,
        "statement": found.statement.text,
        "answer": address("questions.answer", found, found.example),
        "files": {ending: _file(ending, found) for ending in _ENDINGS},
    }


@bp.get("/<subject>/<question>/answer")
@described(
    Operation(
        Words(en="The answer to a saved question", fa="پاسخ پرسش ذخیره‌شده"),
        records.Rows,
        _ANSWER,
        VALUES,
    )
)
def answer(subject: str, question: str) -> Response:
    """Answer some rows of a saved question, in the order and with the words that are asked for."""
    wanted = asked(subject, question)
    _refuse_unknown(wanted)
    kept = answered_as_given(wanted, given(wanted))
    _refuse_order(kept.table.columns)
    parts = ("rows.json", *(request.args.get(name, "") for name in _ANSWER))
    if found := unchanged(kept, *parts):
        return found
    how = Arrangement.asked(kept.table.columns)
    rows = kept.rows(column=how.column, descending=how.descending, text=how.text, language=language())
    shown, page = _paged(rows, 200)
    told = {
        "name": wanted.name,
        "parameters": kept.answer.values,
        "columns": kept.table.columns,
        "rows": shown,
        "cut": kept.answer.cut,
        "seconds": round(kept.answer.seconds, 3),
        **page,
    }
    return tagged(Response(json_bytes(told), content_type="application/json"), kept, *parts)


def _line(question: Question) -> dict[str, Any]:
    header, reader = question.header, language()
    return {
        "name": question.name,
        "subject": question.subject,
        "title": header.title.in_language(reader),
        "about": header.about.in_language(reader),
        "tags": list(header.tags),
        "view": header.view,
        "address": address("questions.describe", question, {}),
    }


def _parameter(question: Question, name: str, parameter: Parameter) -> dict[str, Any]:
    reader = language()
    listed = [] if parameter.depends_on else question.choices(store(), name, {}) if parameter.values else []
    return {
        "name": name,
        "label": parameter.called(name, reader),
        "help": parameter.help.in_language(reader) if parameter.help else "",
        "type": parameter.type,
        "fields": fields(name, parameter),
        "many": parameter.many,
        "required": parameter.must_be_given,
        "default": flat(name, parameter.default),
        "labels": list(parameter.of),
        "choices": [{"value": one.value, "name": one.in_language(reader)} for one in listed],
        "depends_on": list(parameter.depends_on),
        "least": parameter.least,
        "most": parameter.most,
    }


def _file(ending: str, question: Question) -> str:
    endpoint, more = endpoint_of(ending)
    return address(endpoint, question, {**question.example, **more})


def _paged(rows: Sequence[Any], usual: int) -> tuple[Sequence[Any], dict[str, Any]]:
    """Return the rows that the address asks for, and what it says of them: the address of the next ones, too."""
    offset, most = number("offset", 0), number("limit", usual)
    after = offset + most
    following = {**request.args.to_dict(), **(request.view_args or {}), "offset": str(after), "limit": str(most)}
    more = url_for(str(request.endpoint), **following) if after < len(rows) else None
    return rows[offset:after], {"offset": offset, "total": len(rows), "next": more}


def _refuse_unknown(question: Question) -> None:
    """Raise ``ValuesError`` for names that the question does not have, so that no slip of the pen goes unsaid."""
    known = {name for key, parameter in question.parameters.items() for name in fields(key, parameter)}
    unknown = set(request.args) - known - set(_ANSWER) - {"lang", "theme"}
    if unknown:
        raise ValuesError({name: BadValueError(N_("There is no such parameter.")) for name in sorted(unknown)})


def _refuse_order(columns: Sequence[str]) -> None:
    sort = request.args.get("sort", "").removeprefix("-")
    try:
        if sort:
            chosen(sort, list(columns))
    except PeyvandError as problem:
        raise ValuesError({"sort": problem}) from problem
