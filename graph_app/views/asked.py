"""The answer to a statement of one's own: kept for a while, and shown and taken away as that of a saved question."""

from dataclasses import dataclass, replace
from secrets import token_urlsafe

from flask import request, url_for

from graph_app.auth.visitor import visitor
from graph_app.catalog.drafted import Draft
from graph_app.catalog.kept import Kept
from graph_app.catalog.question import Answer
from graph_app.catalog.reading import Reading
from graph_app.errors import N_, NotFoundError
from graph_app.exploration.lifecycle import on_day
from graph_app.graph.guard import Found
from graph_app.graph.planning import Step, steps
from graph_app.graph.results import Table
from graph_app.views import store
from graph_app.views.answering import seen_by, shelf, tied
from graph_app.views.question_page import Page


@dataclass(frozen=True)
class AskedPage(Page):
    """The same page for a draft: its addresses lead to the draft ``own`` and its answer, kept under ``token``."""

    own: str = ""
    token: str = ""
    saved = False

    def address(self, form: str = "", **changes: str) -> str:
        """Return the address of this answer in another view or order, or as a file."""
        told = {name: text for name, text in {**self.asked_for(form), **changes}.items() if text}
        if not form:
            return url_for("asking.index", own=self.own, answer=self.token, **told)  # type: ignore[arg-type]
        if form == "rows":
            return url_for("asking.rows", token=self.token, **told)  # type: ignore[arg-type]
        return url_for("asking.as_file", token=self.token, ending=form, **told)  # type: ignore[arg-type]

    @property
    def bare(self) -> str:
        """The address of the editor."""
        return url_for("asking.index")


def keep(draft: Draft, reading: Reading, found: Found) -> tuple[str, Kept]:
    """Keep an answer for whoever asked; return it and what finds it again. Agreements have their status of that day."""
    token = token_urlsafe(12)
    table = on_day(store(), found.table, draft.question.day(reading.values))
    shown = Table(table.columns, table.rows, bool(found.cut_by))
    made = Kept(_key(token), Answer(draft.question, reading.values, shown, found.seconds), token)
    shelf().keep(made)
    return token, made


def kept(token: str) -> Kept | None:
    """Return an answer that the visitor was given, if it is still kept."""
    return shelf().find(_key(token)) if token else None


def taken(token: str) -> Kept:
    """Return an answer that the visitor was given.

    Raises
    ------
    NotFoundError
        If it is not kept any more, or was somebody else's.

    """
    found = kept(token)
    if found is None:
        raise NotFoundError(N_("This answer is not kept any more. Ask once more."))
    return found


def page(own: str, token: str, answer: Kept) -> AskedPage:
    """Return what the page shows of an answer, in the view that the address asks for."""
    question = answer.answer.question
    made = AskedPage(question, (), {"own": own, "answer": token}, answer, own=own, token=token)
    wanted = request.args.get("view", "table")
    view = wanted if wanted in made.views else "table"
    found = tied(question, answer) if view == "network" else None
    return replace(made, network=found, view=view, steps=_steps(answer))


def _steps(answer: Kept) -> list[Step]:
    """Return the steps of the server's plan, if they are asked for; the gate looks at the statement once more."""
    wanted = request.args.get("plan")
    if wanted not in {"explain", "profile"}:
        return []
    text, values = answer.answer.question.statement.text, answer.answer.values
    store().gate.inspect(text, values, user=str(visitor().owner.user or ""))
    return steps(store(), text, values, run=wanted == "profile", seconds=store().seconds)


def _key(token: str) -> str:
    return f"asked:{seen_by()}:{token}"
