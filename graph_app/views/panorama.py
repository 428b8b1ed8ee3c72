"""The panorama: thousands of entities in one picture, from which any part opens in the explorer."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from graph_app.catalog import Question
from graph_app.catalog.parameters import Words
from graph_app.exploration import panorama
from graph_app.exploration.overview import overview
from graph_app.exploration.panorama import Panorama
from graph_app.picture import name_of
from graph_app.views import OPENED, ids, language, question_page, store
from graph_app.views.contract import pictures
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.parameters import VALUES, one
from graph_app.vocabulary import vocabulary

bp = Blueprint("panorama", __name__)

ROWS = 100  # of one leaf of the table


@bp.get("/panorama")
def index() -> str:
    """Show the page; its script asks for the picture that the address names: of some types, or of a question."""
    question = _question()
    page = {"strings": _strings(), "opened": OPENED, "rows": ROWS, "most": panorama.MOST}
    chosen = ids(request.args.get("of", ""))
    labels = {} if question else overview(store()).labels
    return render_template("panorama/index.html", page=page, question=question, labels=labels, chosen=chosen)


@bp.get("/api/v1/panorama")
@described(
    Operation(
        Words(en="Thousands of entities at once, in columns", fa="هزاران موجودیت با هم، به‌صورت ستونی"),
        pictures.Panorama,
        {
            "of": one("text", "Labels of the entities.", "برچسب‌های موجودیت‌ها.", many=True),
            "question": one("text", "A saved question instead.", "به‌جای آن، یک پرسش ذخیره‌شده."),
        },
        VALUES,
    )
)
def document() -> dict[str, Any]:
    """Answer the picture in columns: one list for each thing that is known of the entities, ``pairs`` by number."""
    question = _question()
    found = _asked(question) if question else panorama.of_labels(store(), ids(request.args.get("of", "")))
    return _columns(found)


def _question() -> Question | None:
    """Return the saved question that the address names, if it names one that the gate has not refused."""
    name = request.args.get("question", "")
    if not name:
        return None
    return question_page.named(name)


def _asked(question: Question) -> Panorama:
    values = question.read(store(), question_page.given(question)).values
    found = store().subgraph(question.statement.text, values, elements=panorama.MOST)
    return panorama.of_answer(store(), found)


def _columns(found: Panorama) -> dict[str, Any]:
    words = vocabulary()
    shown = [words.shown(node.labels) for node in found.nodes]
    types = _types(Counter(shown))
    number = {label: index for index, label in enumerate(types)}
    return {
        "ids": [node.id for node in found.nodes],
        "names": [name_of(node, language()) for node in found.nodes],
        "types": [number[label] for label in shown],
        "ties": found.ties.tolist(),
        "x": found.places[:, 0].round().astype(int).tolist(),
        "y": found.places[:, 1].round().astype(int).tolist(),
        "pairs": found.pairs.ravel().tolist(),
        "legend": list(types.values()),
        "cut": found.cut,
    }


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
    }
