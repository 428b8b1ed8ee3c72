"""The panorama: thousands of entities in one picture, from which any part opens in the explorer."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.analysis import large
from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.catalog import Question
from graph_app.catalog.parameters import Words
from graph_app.errors import N_, PeyvandError
from graph_app.exploration import panorama
from graph_app.exploration.panorama import Panorama
from graph_app.exploration.saved import Views
from graph_app.graph import counting
from graph_app.picture import name_of, state_of
from graph_app.roles import Right
from graph_app.views import OPENED, days, ids, language, measuring, question_page, store
from graph_app.views.contract import pictures
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.parameters import AS_OF, VALUES, one
from graph_app.views.saved import reader
from graph_app.vocabulary import vocabulary

bp = Blueprint("panorama", __name__)

ROWS = 100  # of one leaf of the table


@bp.get("/panorama")
def index() -> str:
    """Show the page; its script asks for the picture that the address names: of some types, or of a question."""
    question, (_day, problem) = _question(), days.asked()
    page = {"strings": _strings(), "opened": OPENED, "rows": ROWS, "most": panorama.MOST, "kept": _kept()}
    chosen = ids(request.args.get("of", ""))
    labels = {} if question or request.args.get("ids") else counting.labels(store())
    given = [(name, text) for name, text in request.args.items(multi=True) if name not in ("of", "as_of", "lang", "at")]
    about = {"labels": labels, "chosen": chosen, "given": given, "problem": problem, "asked": request.args}
    return render_template("panorama/index.html", page=page, question=question, **about)


@bp.post("/panorama")
def keep() -> Response:
    """Keep the picture that the address names under a name, with how much there is in it, and go on with it."""
    told = _columns(_found())
    seen = {"entities": {}, "ties": {}, "hidden": {}, "panorama": _counts(told)}
    if not told["ids"]:
        raise PeyvandError(N_("An empty picture cannot be kept."))
    given = {name: texts for name, texts in request.args.lists() if name not in ("lang", "view")}
    place = f"/panorama?{urlencode(given, doseq=True)}"
    views, mine = Views(database()), reader()
    view = views.keep(mine, request.form.get("name", ""), place, [], seen)
    if request.form.get("shared") and visitor().may(Right.ASK):
        views.share(view.key, mine, shared=True)
    return redirect(f"{place}&view={view.key}", HTTPStatus.SEE_OTHER)


@bp.get("/panorama/measures")
def measures() -> str:
    """Tell what the shape of the picture says, as a piece of page beside it."""
    found = _found()
    told = large.measured(len(found.nodes), found.pairs)
    return render_template("panorama/measures.html", **measuring.words(found, told))


@bp.get("/api/v1/panorama")
@described(
    Operation(
        Words(en="Thousands of entities at once, in columns", fa="هزاران موجودیت با هم، به‌صورت ستونی"),
        pictures.Panorama,
        {
            "of": one("text", "Labels of the entities.", "برچسب‌های موجودیت‌ها.", many=True),
            "question": one("text", "A saved question instead.", "به‌جای آن، یک پرسش ذخیره‌شده."),
            "ids": one("text", "These entities instead.", "به‌جای آن، این موجودیت‌ها.", many=True),
            "as_of": AS_OF,
        },
        VALUES,
    )
)
def document() -> dict[str, Any]:
    """Answer the picture in columns: one list for each thing that is known of the entities, ``pairs`` by number."""
    return _columns(_found())


def _found() -> Panorama:
    """Return the picture that the address names: of a question, of some entities, or of some types."""
    question, (day, problem) = _question(), days.asked()
    on = day if request.args.get("as_of") and not problem else None
    if question:
        return _asked(question, on)
    if named := request.args.get("ids"):
        return panorama.of_ids(store(), ids(named.replace(";", ",")), day=on)
    return panorama.of_labels(store(), ids(request.args.get("of", "")), day=on)


def _kept() -> dict[str, Any] | None:
    """Return what the kept picture that the address names was called and held; None if it names none."""
    if not request.args.get("view"):
        return None
    view = Views(database()).open(request.args["view"], reader())
    told = {"name": view.name, "moment": view.updated_at.isoformat(timespec="seconds")}
    return told | dict(view.seen.get("panorama") or {"entities": 0, "pairs": 0, "states": {}})


def _counts(told: Mapping[str, Any]) -> dict[str, Any]:
    states = {one["state"]: one["count"] for one in told["state_legend"]}
    return {"entities": len(told["ids"]), "pairs": len(told["pairs"]) // 2, "states": states}


def _question() -> Question | None:
    """Return the saved question that the address names, if it names one that the gate has not refused."""
    name = request.args.get("question", "")
    if not name:
        return None
    return question_page.named(name)


def _asked(question: Question, day: date | None) -> Panorama:
    values = question.read(store(), question_page.given(question)).values
    found = store().subgraph(question.statement.text, values, elements=panorama.MOST)
    return panorama.of_answer(store(), found, day=day)


def _columns(found: Panorama) -> dict[str, Any]:
    words = vocabulary()
    shown = [words.shown(node.labels) for node in found.nodes]
    types = _types(Counter(shown))
    number = {label: index for index, label in enumerate(types)}
    states = [
        state_of(node.properties.get("status")) or "" if "Agreement" in node.labels else "" for node in found.nodes
    ]
    known = _states(Counter(states))
    place = {one["state"]: index for index, one in enumerate(known)}
    return {
        "ids": [node.id for node in found.nodes],
        "names": [name_of(node, language()) for node in found.nodes],
        "types": [number[label] for label in shown],
        "states": [place.get(state, -1) for state in states],
        "ties": found.ties.tolist(),
        "x": found.places[:, 0].round().astype(int).tolist(),
        "y": found.places[:, 1].round().astype(int).tolist(),
        "pairs": found.pairs.ravel().tolist(),
        "legend": list(types.values()),
        "state_legend": known,
        "cut": found.cut,
    }


def _states(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return how the states of the picture are called and drawn, in the order of the vocabulary."""
    return [
        {"state": name, "name": word.in_language(language()), "badge": word.badge, "count": counts[name]}
        for name, word in vocabulary().states.items()
        if counts.get(name)
    ]


def _types(counts: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Return how the types of the picture are called and drawn, in the order of the vocabulary."""
    return {
        name: {"label": name, "name": label.many.in_language(language()), "one": label.in_language(language())}
        | {"icon": label.icon, "colour": label.colour, "count": counts[name]}
        for name, label in vocabulary().labels.items()
        if counts.get(name)
    }


def _strings() -> dict[str, str]:
    """Return the sentences that the script needs; it fills in what stands in braces."""
    return {
        "size": _("Entities: {nodes}, pairs with ties: {ties}"),
        "measuring": _("The network is being measured; a large one takes some seconds."),
        "waiting": _("The picture is being laid out; a large one takes some seconds."),
        "failed": _("The answer did not come. Try again."),
        "cut": _(
            "There are more: only the {count} entities with most ties are drawn. Choose fewer types to see others."
        ),
        "nothing": _("None recorded."),
        "none": _("Nothing is selected. Select an entity to read about it."),
        "entity": _("{name}, {type}, tied to {count} of the picture"),
        "region": _("In the frame: {count} entities."),
        "open": _("Open them in the explorer"),
        "first": _("Open the {count} with most ties in the explorer"),
        "around": _("Explore from here"),
        "leaf": _("{from} to {to} of {count}"),
        "hidden": _("Put away by the legend: {count}"),
        "view": _("In view: {count} entities."),
        "kept": _("{name}, kept {moment}: {entities} entities and {pairs} pairs then, {now} and {now_pairs} now."),
        "same": _("{name}, kept {moment}. Nothing in it changed since."),
        "state": _("{name}: {count} then, {now} now"),
    }
