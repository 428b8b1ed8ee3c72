"""The JSON that pages and programs read: search, pictures, neighbours."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import Blueprint, current_app, request
from flask_babel import ngettext

from graph_app.arrangement import Arrangement, arranged
from graph_app.arrangement.borders import chosen
from graph_app.arrangement.wish import PARTS
from graph_app.catalog.parameters import Words
from graph_app.confidentiality import SECRECY
from graph_app.exploration import merged, neighbourhood, search
from graph_app.graph.asked import asked
from graph_app.graph.results import Node, as_json
from graph_app.keys import names_of
from graph_app.notes import PART as NOTES
from graph_app.picture import name_of, other_name_of
from graph_app.sieve import let_through, passing
from graph_app.text import is_rtl, persian_digits, squash
from graph_app.views import flag, ids, language, number, offers, reasons, sieves, store
from graph_app.views.contract import answers, parameters, pictures
from graph_app.views.contract.operation import Operation, described
from graph_app.views.merged import following
from graph_app.vocabulary import vocabulary

_MOST_HITS = 50
_SEARCH = {
    "q": parameters.one("text", "What is looked for, in either language.", "آنچه جست‌وجو می‌شود، به هر یک از دو زبان."),
    "limit": parameters.limit(10, _MOST_HITS),
    "of": parameters.one(
        "text", "Labels, one of which an entity must have.", "برچسب‌هایی که موجودیت باید یکی را داشته باشد.", many=True
    ),
    "offers": parameters.one(
        "boolean", "Also saved questions and actions of that name.", "پرسش‌های ذخیره‌شده و کارهای هم‌نام هم."
    ),
}
_EXPAND = {
    "type": parameters.one("text", "Type of the ties.", "نوع پیوندها."),
    "direction": parameters.choice("Direction of the ties.", "سوی پیوندها.", "in", "out", "both", default="both"),
    "shown": parameters.SHOWN,
    "limit": parameters.limit(25, neighbourhood.MOST_AT_ONCE),
}
KEPT = ("ids", "without", *PARTS, "hide", "undated", NOTES)  # what of an address is the picture, whatever the day
bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/search")
@described(Operation(Words(en="Entities of a name", fa="موجودیت‌های یک نام"), answers.Search, _SEARCH))
def find() -> dict[str, Any]:
    """Answer what fits ``q``, best first; with ``offers`` the questions and the actions of that name, too.

    ``of`` names labels, one of which an entity must have.
    """
    text = request.args.get("q", "")
    offered = offers.offers(text) if flag("offers") else []
    limit = number("limit", 10)
    of = ids(request.args.get("of", ""))
    hits = [] if offered and offers.asks_only_for_offers(text) else _found(text, of, limit)
    count = ngettext("%(num)s result", "%(num)s results", len(hits) + len(offered))
    said = persian_digits(count) if language() == "fa" else count
    found = {"query": text, "results": [_hit(hit) for hit in hits], "told": reasons.of_all(hits), "count": said}
    begun = any(offer["begins"] for offer in offered)
    return {**found, "offers": offered, "offers_first": not hits or (begun and not _begins(hits[0].node, text))}


@bp.get("/picture")
@described(
    Operation(
        Words(en="A picture of entities and the ties among them", fa="تصویر موجودیت‌ها و پیوندهای میان آن‌ها"),
        pictures.Picture,
        {
            "ids": parameters.STEPS,
            "without": parameters.WITHOUT,
            "as_of": parameters.AS_OF,
            "hide": parameters.HIDE,
            "undated": parameters.UNDATED,
        },
        Words(en="How the picture is arranged and filtered.", fa="چیدمان و پالایه‌های تصویر."),
    )
)
def picture() -> dict[str, Any]:
    """Answer the picture that the steps in ``ids`` build, but for the entities in ``without``."""
    return drawn(steps(request.args.get("ids", "")), ids(request.args.get("without", "")))


@bp.get("/entities/<path:entity>/neighbours")
@described(
    Operation(
        Words(en="The neighbours of an entity by type, counted", fa="شمار همسایه‌های موجودیت بر پایهٔ نوع"),
        answers.Neighbours,
        {
            "shown": parameters.SHOWN,
            "as_of": parameters.AS_OF,
            "hide": parameters.HIDE,
            "undated": parameters.UNDATED,
        },
    )
)
@following
def neighbours(entity: str) -> dict[str, Any]:
    """Answer the groups of neighbours of an entity, with how many are not in ``shown``, and would not be hidden."""
    shown = ids(request.args.get("shown", ""))
    groups = neighbourhood.neighbours(store(), entity, shown)
    wish, day = sieves.asked()
    seen = passing(store(), entity, shown, wish, day) if wish else None
    rows = [
        vars(group)
        | {"name": _heading(group.type, group.direction)}
        | {"seen": None if seen is None else seen.get((group.type, group.direction), 0)}
        for group in groups
    ]
    return {"id": entity, "groups": rows, "total": sum(group.count for group in groups)}


@bp.get("/entities/<path:entity>/expand")
@described(Operation(Words(en="New neighbours of an entity", fa="همسایه‌های تازهٔ موجودیت"), answers.Expansion, _EXPAND))
@following
def expand(entity: str) -> dict[str, Any]:
    """Answer new neighbours of an entity by ``type`` and ``direction``, and how many more there are."""
    with asked() as statements:
        found = neighbourhood.expand(
            store(),
            entity,
            request.args.get("type", ""),
            request.args.get("direction", "both"),
            shown=ids(request.args.get("shown", "")),
            limit=number("limit", 25),
        )
    cypher = [{"text": one.text, "parameters": as_json(dict(one.parameters))} for one in statements]
    return {"ids": list(found.ids), "more": found.more, "cypher": cypher}


@bp.get("/expand")
@described(
    Operation(
        Words(en="New neighbours of several entities", fa="همسایه‌های تازهٔ چند موجودیت"),
        answers.Expansions,
        {"ids": parameters.IDS, "shown": parameters.SHOWN},
    )
)
def expand_all() -> dict[str, Any]:
    """Answer new neighbours of the entities in ``ids``, how many more there are, and which hubs were left out."""
    found = neighbourhood.expand_all(
        store(), ids(request.args.get("ids", "")), shown=ids(request.args.get("shown", ""))
    )
    return {"ids": list(found.ids), "more": found.more, "hubs": dict(found.hubs)}


def steps(text: str) -> list[list[str]]:
    """Return the steps in which a picture was built: ids between commas, steps between semicolons."""
    return [step for part in text.split(";") if (step := ids(part))]


def drawn(built: Sequence[Sequence[str]], without: Collection[str] = ()) -> dict[str, Any]:
    """Return the picture that ``built`` describes, with the ids that the graph does not have or that were merged.

    Entities in ``without`` were removed by the reader. They still count for the layout, so that the others stay
    where they were; so do those that the sieve of the address hides. The address also says how it is arranged.
    """
    wanted = [name for step in built for name in step]
    wish, day = sieves.asked()
    found, hidden = neighbourhood.picture(store(), wanted, without, day=day)
    present = {node.id for node in found.nodes}
    known = [[name for name in step if name in present] for step in built]
    missing = [] if found.cut else [name for name in dict.fromkeys(wanted) if name not in present]
    if instead := merged.instead(store(), missing):
        again = drawn([[instead.get(name, name) for name in step] for step in built], without)
        return {**again, "merged": instead | again["merged"]}
    kept, gone = let_through(store(), found, without, wish)
    borders = chosen(current_app.extensions["settings"])
    made = arranged(store(), found, kept, known, hidden, language(), Arrangement.asked(request.args), borders)
    return {**made, "missing": missing, "merged": {}, "limit": store().elements, "sifted": sieves.told(gone, wish)}


def _found(text: str, of: Sequence[str], limit: int) -> list[search.Hit]:
    """Return the entities that fit, those with one of the labels ``of`` if there are any."""
    if not of:
        return search.search(store(), text, limit=limit)
    hits = search.search(store(), text, limit=_MOST_HITS)
    return [hit for hit in hits if not set(of).isdisjoint(hit.node.labels)][:limit]


def _begins(node: Node, text: str) -> bool:
    """Return whether a name of an entity begins with what was typed; else a question of that name is meant."""
    return any(squash(name).startswith(squash(text)) for name in names_of(node.properties))


def _hit(hit: search.Hit) -> dict[str, Any]:
    words, reader = vocabulary(), language()
    shown = words.shown(hit.node.labels)
    name = name_of(hit.node, reader)
    kind = str(hit.node.properties.get("kind", ""))
    count = ngettext("%(num)s tie", "%(num)s ties", hit.ties)
    return {
        "id": hit.node.id,
        "label": shown,
        "label_name": words.labels[shown].in_language(reader),
        "icon": words.labels[shown].icon,
        "colour": words.labels[shown].colour,
        "name": name,
        "other_name": other_name_of(hit.node, reader),
        "lang": "fa" if is_rtl(name) else "en",
        "kind": words.value("kind", kind, reader, hit.node.labels) if kind else "",
        "place": _place(hit, reader),
        "why": reasons.of(hit, reader),
        "fact": persian_digits(count) if reader == "fa" else count,
        "confidential": bool(hit.node.properties.get(SECRECY)),
    }


def _place(hit: search.Hit, reader: str) -> str:
    """Return where an entity lies, unless that is why it was found: then the reason says it."""
    place = name_of(hit.place, reader) if hit.place else ""
    told = hit.why.in_language(reader) if hit.why and hit.why.how == "near" else ""
    return "" if place == told else place


def _heading(type_: str, direction: str) -> str:
    words: Mapping[str, Any] = vocabulary().types
    return str((words[type_].in_ if direction == "in" else words[type_].out).in_language(language()))
