"""Loads: sending files, and every run with what it changed, what it rejected and the way back."""

from http import HTTPStatus
from typing import IO, Any, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Redirect

from graph_app.auth.visitor import visitor
from graph_app.backup.exporting import archive
from graph_app.errors import PeyvandError
from graph_app.loading import history, rejected
from graph_app.loading import steps as stepping
from graph_app.loading.desk import Desk
from graph_app.loading.drafts import Wishes
from graph_app.loading.rejected import Mended, Reject
from graph_app.views import changes, language, store
from graph_app.views.levels import at_most

bp = Blueprint("loads", __name__, url_prefix="/loads")
Page = Response | Redirect | str | tuple[str, int]

RUNS = 30  # of the timeline on one page
GROUPS = 25  # entities of a plan or a run on one page
ROWS = 50  # rejected rows on one page
_FORM = 1_000_000  # bytes of an upload besides its files
_PARTS = 1000


@bp.get("")
def index() -> Page:
    """Show how to load, what is on its way, and the runs."""
    return _index()


@bp.post("")
def upload() -> Page:
    """Take files and plan to load them."""
    request.max_content_length = desk().limits.size + _FORM
    request.max_form_parts = _PARTS
    try:
        draft = desk().upload(_sent(), wishes(), loader())
    except PeyvandError as error:
        return _index(error)
    except RequestEntityTooLarge:
        return _index(desk().too_large())
    return redirect(url_for("plans.show", plan=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/finish")
def finish() -> Page:
    """Bring the run to its end that was cut off."""
    found = desk().unfinished()
    if found is None or found[1]:
        return redirect(url_for("loads.index"), HTTPStatus.SEE_OTHER)
    draft = desk().finish(found[0], loader())
    return redirect(url_for("plans.show", plan=draft.id), HTTPStatus.SEE_OTHER)


@bp.get("/everything.zip")
def everything() -> Page:
    """Answer everything that the graph claims as tables with their mapping."""
    try:
        found = archive(store(), desk().ledger.database, current_app.extensions["settings"].home, loader())
    except PeyvandError as error:
        return _index(error)
    answer = send_file(found, mimetype="application/zip", as_attachment=True, download_name="everything.zip")
    answer.headers["Cache-Control"] = "no-store, private"
    return at_most(answer)


@bp.get("/runs/<run>")
def show(run: str) -> Page:
    """Show a run: its files, its balance, every change and every reject."""
    load = desk().load(run)
    every = history.changes_of(desk().ledger, load)
    return render_template(
        "loads/show.html",
        load=load,
        files=desk().ledger.files(load),
        problem=desk().reason(load),
        unfinished=desk().unfinished() if load.state in {"running", "failed"} else None,
        rejects=rejects_page(desk().ledger.rejects(load)),
        undone_by=history.undone_by(desk().ledger, load),
        **shown(every),
    )


@bp.get("/runs/<run>/rejects.csv")
def rejects(run: str) -> Response:
    """Answer the rows that a run rejected as CSV."""
    load = desk().load(run)
    return rejects_file(desk().ledger.rejects(load), load.run)


@bp.post("/runs/<run>/mend")
def mend(run: str) -> Page:
    """Plan to load rows of a run that were rejected, as they are mended."""
    load = desk().load(run)
    delimiters = {file.name: file.delimiter or "," for file in desk().ledger.files(load)}
    return mended(desk().ledger.rejects(load), Mended(load.run, load.mapping, ()), delimiters)


@bp.post("/runs/<run>/undo")
def undo(run: str) -> Page:
    """Plan to take a run back."""
    draft = desk().undo(desk().load(run), loader())
    return redirect(url_for("plans.show", plan=draft.id), HTTPStatus.SEE_OTHER)


def mappings() -> list[Any]:
    """Return the mappings by which files can be loaded."""
    return [one.mapping for one in desk().library().found]


def desk() -> Desk:
    """Return the desk of this app."""
    return cast("Desk", current_app.extensions["desk"])


def loader() -> str:
    """Return who loads, for the ledger: the account, or whoever sits at this machine."""
    return visitor().name


def wishes() -> Wishes:
    """Return how the form says that files are to be read."""
    mapping, encoding, delimiter, sheet = (
        request.form.get(name, "").strip() or None for name in ("mapping", "encoding", "delimiter", "sheet")
    )
    overwrite, thorough = (request.form.get(name) == "yes" for name in ("overwrite", "thorough"))
    return Wishes(mapping, encoding, delimiter, sheet, overwrite, thorough)


def shown(every: stepping.Changes) -> dict[str, object]:
    """Return what templates need to show ``every`` change: the filter, one page, and the counts."""
    chosen = stepping.Chosen(*(request.args.get(name, "") for name in ("of", "effect", "sort")))
    page = request.args.get("page", 1, type=int)
    return {
        "of": chosen.kind,
        "effect": chosen.effect,
        "sort": chosen.sort,
        "steps": stepping.steps(store(), every, chosen, page, GROUPS),
        "sorts": every.sorts,
        "counts": every.counts,
        "totals": every.totals,
        "changes": changes,
        "effect_of": stepping.effect_of,
        "here": here,
    }


def here(**changed: object) -> str:
    """Return the address of this page with some arguments changed, or without those that are None."""
    kept = {name: value for name, value in {**request.args.to_dict(), **changed}.items() if value not in (None, "")}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def rejects_page(every: list[Reject]) -> dict[str, object]:
    """Return one page of rejects for templates, each with its number among all."""
    pages = max(1, -(-len(every) // ROWS))
    page = min(max(request.args.get("rejects", 1, type=int), 1), pages)
    first = (page - 1) * ROWS
    rows = list(enumerate(every))[first : first + ROWS]
    return {
        "rows": rows,
        "count": len(every),
        "page": page,
        "pages": pages,
        "whole": rejected.whole,
        "line": rejected.line_of,
    }


def rejects_file(every: list[Reject], name: str) -> Response:
    """Answer rejects as a CSV file to keep."""
    kept = {"Content-Disposition": f'attachment; filename="rejects-{name}.csv"'}
    return at_most(Response(rejected.csv_of(every, _), content_type="text/csv; charset=utf-8", headers=kept))


def mended(every: list[Reject], about: Mended, delimiters: dict[str, str]) -> Page:
    """Plan to load the rows that the form holds."""
    request.max_form_parts = _PARTS * 10
    request.max_form_memory_size = request.max_content_length = 16 * _FORM
    rows = [(reject, cells) for at, reject in enumerate(every) if (cells := _cells(at, reject, delimiters))]
    draft = desk().mend(Mended(about.of, about.mapping, rows), loader())
    return redirect(url_for("plans.show", plan=draft.id), HTTPStatus.SEE_OTHER)


def _cells(at: int, reject: Reject, delimiters: dict[str, str]) -> list[str]:
    """Return the cells of a row in the form; nothing if it is not there or left out."""
    if request.form.get(f"take-{at}") != "yes":
        return []
    if rejected.whole(reject):
        return rejected.texts(request.form, at, len(reject.header))
    return rejected.cells_of(reject, request.form.get(f"line-{at}", ""), delimiters.get(reject.file, ","))


def _sent() -> list[tuple[str, IO[bytes]]]:
    return [(part.filename or "", part.stream) for part in request.files.getlist("files") if part.filename]


def _index(problem: PeyvandError | None = None) -> Page:
    page = max(request.args.get("page", 1, type=int), 1)
    may_load = visitor().may("load")
    found = render_template(
        "loads/index.html",
        problem=problem,
        limits=desk().limits,
        mappings=mappings() if may_load else (),
        timeline=history.timeline(desk().ledger.database, page, RUNS),
        page=page,
        drafts=list(desk().drafts.open()) if may_load else (),
        hindrance=desk().hindrance(),
        unfinished=desk().unfinished(),
        changes=changes,
        language=language(),
    )
    return found, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
