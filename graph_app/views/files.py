"""Rows as a CSV file to keep, named after what they are about."""

import re

from flask import Response

from graph_app.export import table_csv
from graph_app.graph.results import Table
from graph_app.views import language
from graph_app.views.levels import at_most

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def csv_file(table: Table, what: str, entity: str) -> Response:
    """Return ``table`` as a download; its name says ``what`` the rows are, and of which ``entity``."""
    name = f"{_UNSAFE.sub('-', entity)}-{what}{'-cut' if table.cut else ''}"
    kept = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "X-Rows-Cut": "true" if table.cut else "false",
        "X-Content-Type-Options": "nosniff",
    }
    return at_most(Response(table_csv(table, language()), content_type="text/csv; charset=utf-8", headers=kept))
