"""Asking a saved question for a page or a file: the answer is kept for a while under a key that says what it is."""

import hashlib
from dataclasses import replace
from secrets import token_hex
from typing import cast

from flask import Response, current_app, request

from graph_app.auth.visitor import visitor
from graph_app.catalog import Answer, Question, Reading
from graph_app.catalog.kept import Keep, Kept, key_of
from graph_app.exploration import neighbourhood
from graph_app.graph.content import content, content_soon
from graph_app.graph.results import Subgraph
from graph_app.views import calendar, language, store

_VARY = "Cookie, Authorization, Accept-Language"


def answered(question: Question, reading: Reading) -> Kept:
    """Return the answer, as rows: the one that is kept, if the graph and who asks are the same, else a new one.

    What the graph holds must be known from before it is asked. It mostly is, from the request before, and then it is
    asked whether it still is so while the question runs, which saves the wait for it.

    Parameters
    ----------
    question
        What is asked.
    reading
        Its values.

    """
    keep = shelf()
    if keep.content and (_anew() or keep.find(_key(question, reading, keep.content)) is None):
        begun, soon = keep.content, content_soon(store())
        answer = question.ask(store(), reading.values, view="table")
        held = keep.content = soon()
        if held == begun:  # it was so before it was asked, and still is: that is what it was asked of
            return _kept(question, reading, answer, begun)
    held = keep.content = content(store())
    found = keep.find(_key(question, reading, held)) if held and not _anew() else None
    return found or _kept(question, reading, question.ask(store(), reading.values, view="table"), held)


def _kept(question: Question, reading: Reading, answer: Answer, held: str) -> Kept:
    """Return an answer of a graph that holds ``held``; if that is known, it is kept."""
    found = Kept(_key(question, reading, held), answer, token_hex(8) if held else "")
    if held:
        shelf().keep(found)
    return found


def _key(question: Question, reading: Reading, held: str) -> str:
    return key_of(question, reading.values, held, question.day(reading.values).isoformat(), *_limits(), seen_by())


def shelf() -> Keep:
    """Return the answers that are kept."""
    return cast("Keep", current_app.extensions["answers"])


def tagged(answer: Response, kept: Kept, *parts: str) -> Response:
    """Return ``answer`` with the tag of what it is made of; a browser or a program that has it gets nothing again."""
    answer.headers["Vary"] = _VARY
    if not kept.mark:
        answer.headers["Cache-Control"] = "no-store, private"
        return answer
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(tag(kept, *parts))
    answer.make_conditional(request)
    return answer


def unchanged(kept: Kept, *parts: str) -> Response | None:
    """Return the answer that says so, if who asks has this file already; before it is made once more."""
    if kept.mark and tag(kept, *parts) in request.if_none_match:
        return tagged(Response(status=304), kept, *parts)
    return None


def tag(kept: Kept, *parts: str) -> str:
    """Return what tells one file of an answer from another: also its language, its calendar and ``parts``."""
    told = "|".join((kept.key, kept.mark, language(), calendar(), *parts))
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def network(question: Question, kept: Kept) -> Subgraph:
    """Return the entities and ties in an answer."""
    drawn = replace(kept.answer).drawn(question.elements(store())).result
    return cast("Subgraph", drawn)


def tied(question: Question, kept: Kept) -> Subgraph:
    """Return the same; entities alone with the ties among them, and with the entities that were asked about."""
    found = network(question, kept)
    if found.ties or not found.nodes:
        return found
    given = kept.answer.values
    about = [given.get(name) for name, parameter in question.parameters.items() if parameter.type == "entity"]
    asked_about = [id_ for ids in about for id_ in (ids if isinstance(ids, list) else [ids]) if id_]
    answered_with = [node.id for node in found.nodes if "Source" not in node.labels]
    drawn, _hidden = neighbourhood.picture(store(), [*asked_about, *answered_with])
    return Subgraph(drawn.nodes, drawn.ties, found.cut or drawn.cut)


def _limits() -> tuple[str, ...]:
    return str(store().rows), str(store().elements)


def _anew() -> bool:
    """Say whether it is to be asked anew: a link of ours says so, or a browser that loads past what it keeps."""
    return bool(request.args.get("anew")) or "no-cache" in request.cache_control


def seen_by() -> str:
    """Return whose answer it is: nobody sees what was kept for somebody who may see more."""
    asking = visitor()
    return f"{asking.kind.value}:{asking.user.id if asking.user else ''}:{','.join(sorted(asking.rights))}"
