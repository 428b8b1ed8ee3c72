"""Files to keep, named after what they are about."""

import re
from datetime import date
from urllib.parse import quote

from flask import Response

from graph_app.export import table_csv
from graph_app.graph.results import Table
from graph_app.views import language
from graph_app.views.levels import at_most

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_NO_NAME = re.compile(
    r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+'
)  # what file systems refuse, or what misleads
_LONGEST = 80  # letters of a title in a name: 255 bytes are what a name may have


def named(title: str, day: date) -> str:
    """Return the name of a file, without its ending, by its title and the day for which it holds."""
    short = _NO_NAME.sub(" ", title)[:_LONGEST].strip(" .") or "peyvand"
    return f"{short} {day.isoformat()}"


def attach(answer: Response, name: str) -> Response:
    """Return ``answer`` as a file to keep, called ``name``; who reads no Unicode there gets what is ASCII of it."""
    plain = name.encode("ascii", "ignore").decode().strip()
    told = {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
    answer.headers.set("Content-Disposition", "attachment", **told)
    return answer


def csv_file(table: Table, what: str, entity: str) -> Response:
    """Return ``table`` as a download; its name says ``what`` the rows are, and of which ``entity``."""
    name = f"{_UNSAFE.sub('-', entity)}-{what}{'-cut' if table.cut else ''}"
    kept = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "X-Rows-Cut": "true" if table.cut else "false",
        "X-Content-Type-Options": "nosniff",
    }
    return at_most(Response(table_csv(table, language()), content_type="text/csv; charset=utf-8", headers=kept))
