"""Attached documents, to keep: never shown inside a page of ours, whatever they hold."""

from flask import Blueprint, Response, send_file

from graph_app.editing.documents import kind_of
from graph_app.errors import N_, NotFoundError
from graph_app.graph.statements import statement
from graph_app.views import store
from graph_app.views.edits import edits
from graph_app.views.levels import at_most

bp = Blueprint("documents", __name__, url_prefix="/documents")

_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.get("/<sha256>")
def show(sha256: str) -> Response:
    """Answer the document with this SHA-256 as a file to keep, if a source in the graph names it."""
    row = next(iter(store().table(statement("document"), {"sha256": sha256})), None)
    if row is None:
        raise NotFoundError(N_("No source names this document."))
    path = edits().documents.path(sha256)
    mimetype, suffix = kind_of(path.read_bytes())
    name = str(row["name"] or f"{sha256[:12]}{suffix}")
    answer = send_file(path, mimetype=mimetype, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Cache-Control"] = "no-store, private"
    return at_most(answer)
