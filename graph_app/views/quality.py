"""Data quality: what wants a look, counted, listed and told what to do about."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template

from graph_app.errors import N_
from graph_app.exploration import quality
from graph_app.export import table_csv
from graph_app.views import answers, language, store
from graph_app.views.levels import at_most
from graph_app.views.unchanged import while_unchanged

bp = Blueprint("quality", __name__, url_prefix="/quality")

SHOWN = 500

# check: (title, what it means, what to do)
TEXTS: Mapping[str, tuple[str, str, str]] = {
    "unsourced_entities": (
        N_("Entities without a source"),
        N_("No source speaks of them. Somebody made them by hand, or their claims are gone."),
        N_("Add a row with its source to an export and load it, or remove the entity."),
    ),
    "unsourced_ties": (
        N_("Ties without a source"),
        N_("They say of no source that it states them."),
        N_("Load the row that states the tie, or remove the tie."),
    ),
    "missing_sources": (
        N_("Sources that are named but not there"),
        N_("Ties name them, and the graph does not hold them."),
        N_("Load the table of sources that has them."),
    ),
    "conflicting_values": (
        N_("Values on which sources differ"),
        N_("Two sources give different values for one fact, and nobody has decided."),
        N_("Open the entity, compare the versions, and load the better claim with the rank “preferred”."),
    ),
    "conflicting_ties": (
        N_("Ties on which sources differ"),
        N_("Two sources state the same tie with different particulars."),
        N_("Open the tie, compare the versions, and load the better claim with the rank “preferred”."),
    ),
    "conflicting_statuses": (
        N_("Agreements with contradictory statuses"),
        N_("Sources assert different statuses, or the acts contradict each other."),
        N_("Look for the dated act that settles it and load that."),
    ),
    "incomplete_dates": (
        N_("Incomplete dates"),
        N_("The year, the month or the day is missing, so that deadlines cannot be reckoned."),
        N_("Look for a source that gives the whole date."),
    ),
    "undated_events": (
        N_("Events without a date"),
        N_("No source gives any date."),
        N_("Look for a source that dates the event; until then it is left out of periods."),
    ),
    "unresolved_seats": (
        N_("Unresolved seats"),
        N_("A post whose holder is not known, or somebody at a meeting who may be another."),
        N_("Find out who held the post then and load the appointment."),
    ),
    "duplicates": (
        N_("Possible duplicates"),
        N_("Two entities may be one, and nobody has decided."),
        N_("Compare both, decide, and load the decision."),
    ),
    "deprecated": (
        N_("Deprecated claims"),
        N_("They were set aside and are left out of pictures and questions. Nothing is deleted."),
        N_("Check that each has a reason."),
    ),
    "unknown_words": (
        N_("Words that the vocabulary does not have"),
        N_("Kinds, statuses, roles or ranks that no legend can explain."),
        N_("Correct the word in the export, or add it to the vocabulary."),
    ),
}
COLUMNS: Mapping[str, str] = {
    "subject": N_("Who or what"),
    "tie": N_("Tie"),
    "object": N_("To"),
    "key": N_("Fact"),
    "value": N_("Value"),
    "other": N_("Other value"),
    "count": N_("How often"),
    "line": N_("Line"),
}


@bp.get("")
def index() -> str:
    """Show every list with its count."""
    found = while_unchanged("quality", lambda: quality.counts(store()))
    return render_template("quality/index.html", found=found, texts=TEXTS)


@bp.get("/<check>")
def show(check: str) -> str:
    """Show the rows of one list."""
    found = quality.rows(store(), check, most=SHOWN)
    filled = [at for at, _ in enumerate(found.columns) if any(row[at] is not None for row in found.rows)]
    parts = {"columns": COLUMNS, "texts": TEXTS[check], "answers": answers, "filled": filled}
    return render_template("quality/show.html", check=check, found=found, **parts)


@bp.get("/<check>.csv")
def as_csv(check: str) -> Response:
    """Answer the rows of one list as CSV."""
    text = table_csv(quality.rows(store(), check, most=quality.MOST), language())
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="quality-{check}.csv"'
    return at_most(answer)
