"""How two entities are connected: a page whose address is all that it asks, and the same beside the picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from itertools import chain
from typing import Any, cast

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from graph_app.catalog.parameters import Parameter, Words
from graph_app.catalog.values import plain_value
from graph_app.errors import NotFoundError, PeyvandError
from graph_app.exploration.lifecycle import today
from graph_app.exploration.path import Path
from graph_app.exploration.paths import (
    AROUND,
    KINDS,
    LONGER,
    LONGEST,
    MOST,
    Kind,
    Paths,
    SameEndsError,
    find,
    leading_to,
)
from graph_app.exploration.telling import Part, sentences
from graph_app.exploration.web import HUB, Filters
from graph_app.graph.results import Node
from graph_app.picture import name_of
from graph_app.text import is_rtl, isolate
from graph_app.views import api, drawing, flag, ids, language, number, store
from graph_app.views.contract import answers
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.ways import WAYS
from graph_app.views.ends import End, end
from graph_app.views.problems import problem
from graph_app.vocabulary import vocabulary

bp = Blueprint("paths", __name__, url_prefix="/paths")

_DAY = Parameter(type="date", required=False)
_BESIDE = 5  # paths beside the picture
_USUAL = {False: (5, 6), True: (20, 2)}  # paths and steps at most, by whether there is one end only
_FIELDS = ("from", "to", "kind", "most", "steps", "label", "type", "sure", "as_of", "groups", "hubs")
Sentence = list[Part]


@dataclass(frozen=True)
class Asked:
    """What an address asks for. ``wrong`` says of a field what cannot be used in it."""

    ends: tuple[End, End]
    kind: Kind
    most: int
    steps: int
    label: str
    sure: str
    as_of: str
    filters: Filters
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def single(self) -> End | None:
        """The only end that is given, if it is the only one."""
        given = [one for one in self.ends if one.text]
        return given[0] if len(given) == 1 else None

    @property
    def complete(self) -> bool:
        """Whether there is something to look for, and nothing is in the way."""
        given = [one for one in self.ends if one.text]
        return bool(given) and all(one.node for one in given) and not self.wrong

    @property
    def narrowed(self) -> bool:
        """Whether anything but the ends and the kind is asked for."""
        return bool(self.label) or self.filters != Filters() or (self.most, self.steps) != _USUAL[bool(self.single)]


@dataclass(frozen=True)
class Page:
    """What the page shows: what was asked, what was found, and what went wrong."""

    asked: Asked
    found: Paths | None = None
    problem: str = ""


@bp.get("")
def index() -> tuple[str, HTTPStatus]:
    """Show paths between ``from`` and ``to``, or all that leads to the only one of them that is given."""
    page = _page(_asked())
    picture = None
    if page.found and page.found.paths:
        places = None if page.asked.single else drawing.in_columns(page.found.paths)
        picture = drawing.drawn(page.found.subgraph, places)
    told = render_template("paths/index.html", page=page, picture=picture, **_words())
    return told, HTTPStatus.BAD_REQUEST if page.problem or page.asked.wrong else HTTPStatus.OK


@bp.get("/panel")
def panel() -> str:
    """Show the same beside the picture of the explorer."""
    return render_template("paths/panel.html", page=_page(_asked(most=_BESIDE)), **_words())


@api.bp.get("/paths", endpoint="paths")
@described(Operation(Words(en="How two entities are connected", fa="چگونگی پیوند دو موجودیت"), answers.Paths, WAYS))
def document() -> dict[str, Any] | Response:
    """Answer the same as JSON."""
    page = _page(_asked())
    if page.found is None:
        told = {one.field: one.wrong for one in page.asked.ends if one.wrong} | page.asked.wrong
        sentence = page.problem or " ".join(told.values()) or gettext("Fill this in.")
        return problem(sentence, HTTPStatus.BAD_REQUEST, fields=told)
    found = page.found
    return {
        "ends": [node.id for node in found.ends],
        "paths": [_path(path) for path in found.paths],
        "more": found.more,
        "cut": found.cut,
        "not_through": {
            "hubs": found.skipped[0],
            "groups": found.skipped[1],
            "named": [node.id for node in (*found.hubs, *found.groups)],
        },
    }


def address(**changes: str | list[str]) -> str:
    """Return the address of this page with changes; what is empty is left out."""
    kept: dict[str, Any] = {name: request.args.getlist(name) for name in _FIELDS} | changes
    given = {name: value for name, value in kept.items() if any(value)}
    return url_for("paths.index", **given)


def spoken(parts: Iterable[Part], reader: str) -> str:
    """Return a sentence as text; names in the other script are fenced off."""
    return "".join(part if isinstance(part, str) else _named(part, reader) for part in parts)


def _named(node: Node, reader: str) -> str:
    name = name_of(node, reader)
    return isolate(name) if is_rtl(name) != (reader == "fa") else name


def _path(path: Path) -> dict[str, Any]:
    reader = language()
    return {
        "ids": [node.id for node in path.nodes],
        "sentence": " ".join(spoken(parts, reader) for parts in sentences(path, reader)),
        "steps": [
            {
                "start": step.start.id,
                "end": step.end.id,
                "ties": [
                    {
                        "id": fact.tie.id,
                        "type": fact.tie.type,
                        "direction": fact.direction,
                        "certainty": fact.tie.properties.get("certainty"),
                        "sources": sorted({claim.source.id for claim in fact.claims if claim.source}),
                    }
                    for fact in step.facts
                ],
            }
            for step in path.steps
        ],
    }


def _asked(most: int | None = None) -> Asked:
    given = request.args
    ends = (end("from", given.get("from", "")), end("to", given.get("to", "")))
    single = sum(bool(one.text) for one in ends) == 1
    wrong: dict[str, str] = {}
    kind = given.get("kind") if given.get("kind") in KINDS else "alternatives"
    sure = given.get("sure", "") if given.get("sure") in vocabulary().certainties else ""
    filters = Filters(_types(), _certainties(sure), _day(wrong), flag("groups"), flag("hubs"))
    return Asked(
        ends,
        cast("Kind", kind),
        _number("most", most or _USUAL[single][0], MOST),
        _number("steps", _USUAL[single][1], AROUND if single else LONGEST),
        given.get("label", "") if given.get("label") in vocabulary().labels else "",
        sure,
        given.get("as_of", ""),
        filters,
        wrong,
    )


def _number(name: str, default: int, most: int) -> int:
    return max(1, min(number(name, default), most))


def _types() -> tuple[str, ...]:
    """Return the types that the address names; of those that can be drawn, so that no other is ever asked for."""
    known = vocabulary().drawn_types()
    return tuple(name for text in request.args.getlist("type") for name in ids(text) if name in known)


def _certainties(sure: str) -> tuple[str, ...]:
    known = vocabulary().certainties
    return tuple(name for name, word in known.items() if word.rank <= known[sure].rank) if sure else ()


def _day(wrong: dict[str, str]) -> date | None:
    """Return the day that the address asks about; what is wrong with it is noted."""
    try:
        return cast("date | None", plain_value("as_of", _DAY, request.args, today()))
    except PeyvandError as error:
        wrong["as_of"] = error.translated(gettext)
        return None


def _page(asked: Asked) -> Page:
    if not asked.complete:
        return Page(asked)
    try:
        return Page(asked, _sought(asked))
    except (SameEndsError, NotFoundError) as error:
        return Page(asked, problem=error.translated(gettext))


def _sought(asked: Asked) -> Paths:
    if asked.single:
        return leading_to(
            store(), asked.single.id, label=asked.label, filters=asked.filters, steps=asked.steps, most=asked.most
        )
    start, finish = (one.id for one in asked.ends)
    return find(store(), start, finish, kind=asked.kind, filters=asked.filters, steps=asked.steps, most=asked.most)


def _words() -> dict[str, Any]:
    """Return what the templates of this section need besides the page."""
    return {
        "address": address,
        "sentences": lambda path: list(sentences(path, language())),
        "claims_of": lambda path: list(chain.from_iterable(step.facts[0].claims for step in path.steps)),
        "limits": {"steps": LONGEST, "around": AROUND, "longer": LONGER, "hub": HUB, "most": MOST},
    }
