"""An answer as one HTML page that opens from a file, without a network, and lets nothing load or run."""

import base64
import hashlib
from datetime import datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph_app._layout import STATIC, TEMPLATES
from graph_app.catalog.question import Answer
from graph_app.dates import day_in_words
from graph_app.exploration.levels import Level
from graph_app.export import words
from graph_app.export.texts import plain_text, rows_of
from graph_app.graph.results import Node
from graph_app.text import is_rtl


def page(answer: Answer, language: str, made_at: datetime, level: Level | None = None) -> str:
    """Return the page: what was asked with which values, when (UTC), how confidential it is, and the rows."""
    style = (STATIC / "css" / "sheet.css").read_text(encoding="utf-8")
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    question = answer.question
    table = rows_of(answer.result)
    return environment.get_template("queries/offline.html").render(
        answer=answer,
        language=language,
        direction="rtl" if language == "fa" else "ltr",
        policy=f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704 - our own file
        heads=[words.heading(question, column, language) for column in table.columns],
        keys=[words.key_of(question, column) for column in table.columns],
        rows=table.rows,
        values=[
            (p.called(name, language), plain_text(answer.values.get(name))) for name, p in question.parameters.items()
        ],
        made=day_in_words(made_at.date(), "jalali" if language == "fa" else "gregorian", language),
        words=words,
        level=level.line(language) if level else "",
        spoken=words.spoken,
        id_of=lambda value: value.id if isinstance(value, Node) else "",
        language_of=lambda text: "fa" if is_rtl(text) else "en",
    )
