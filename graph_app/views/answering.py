"""Asking a saved question for a page or a file: the answer is kept for a while under a key that says what it is."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import getrandbits
from typing import Any, cast

from flask import Response, current_app, request

from graph_app.auth.visitor import visitor
from graph_app.catalog import Answer, Question, Reading
from graph_app.catalog.kept import Keep, Kept, key_of
from graph_app.exploration import levels, neighbourhood
from graph_app.exploration.levels import Level
from graph_app.graph.content import Held, held, held_soon
from graph_app.graph.results import Subgraph, Table
from graph_app.views import calendar, language, store

Look = Callable[[], Callable[[], object]]
_VARY = "Cookie, Authorization, Accept-Language"


def answered_as_given(question: Question, given: Mapping[str, str]) -> Kept:
    """Return the answer to what an address or a form gives, as ``answered`` does.

    If what was given says its values by itself, nothing waits for anything: its entities are looked up and the question
    is asked at the same time.

    Raises
    ------
    ValuesError
        If values are missing or wrong; it names all of them. What was asked with them counts for nothing.

    """
    begun = question.begin_reading(store(), given)
    if begun.values is not None and (found := _at_once(question, begun.values, begun.look)):
        return found
    return _in_steps(question, begun.reading().values)


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
    return _at_once(question, reading.values, lambda: lambda: reading) or _in_steps(question, reading.values)


def _at_once(question: Question, values: Mapping[str, Any], look: Look) -> Kept | None:
    """Return the answer if the graph still holds what it last did; None if that was not known or is not so any more.

    The question is sent first, since it takes longest.

    Parameters
    ----------
    question, values
        What is asked.
    look
        Begins to look up what the values name; what it returns waits for that, and raises if they name nothing.

    """
    if not (before := shelf().contents.get(store().clearance)):
        return None
    key = _key(question, values, before)
    kept = None if _anew() else shelf().find(key)
    asked = None if kept else question.begin(store(), values)
    soon = held_soon(store())
    reading = look()
    reading()
    answer = asked() if asked else None
    now = _seen(soon())
    if now.content != before:  # it was so before it was asked, but is no more
        return None
    return kept or _kept(key, cast("Answer", answer), now)


def _in_steps(question: Question, values: Mapping[str, Any]) -> Kept:
    now = _seen(held(store()))
    key = _key(question, values, now.content)
    found = shelf().find(key) if now.content and not _anew() else None
    return found or _kept(key, question.begin(store(), values)(), now)


def _seen(now: Held) -> Held:
    shelf().contents[store().clearance] = now.content
    return now


def _kept(key: str, answer: Answer, now: Held) -> Kept:
    """Return an answer of a graph that holds ``now``; if that is known, it is kept."""
    if not now.content:
        return Kept(key, answer)
    found = Kept(key, answer, f"{getrandbits(64):016x}", now.highest)
    shelf().keep(found)
    return found


def level_of(kept: Kept, result: Table | Subgraph) -> Level | None:
    """Return how confidential ``result`` is, which is made of an answer; the graph is asked if that was not known."""
    highest = levels.most(store()) if kept.highest is None else levels.at_most(kept.highest)
    return levels.of_answer(highest, result)


def _key(question: Question, values: Mapping[str, Any], content: str) -> str:
    return key_of(question, values, content, question.day(values).isoformat(), *_limits(), seen_by())


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
    if "If-None-Match" in request.headers:
        answer.make_conditional(request)
    return answer


def unchanged(kept: Kept, *parts: str) -> Response | None:
    """Return the answer that says so, if who asks has this file already; before it is made once more."""
    if kept.mark and "If-None-Match" in request.headers and tag(kept, *parts) in request.if_none_match:
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
    who = f"{asking.kind.value}:{asking.user.id if asking.user else ''}"
    return f"{who}:{asking.clearance.word}:{','.join(sorted(asking.rights))}"
