"""Where an edit leads: back to its form, on to what it was about, and to the text from which it was taken."""

from flask import url_for

from graph_app.database.tables import Edit
from graph_app.editing import files
from graph_app.editing.desk import Edits, Proposal
from graph_app.loading.drafts import Draft
from graph_app.loading.planned import changes_of
from graph_app.loading.steps import Chosen, Steps, steps
from graph_app.texts.kinds import BEGUN, taking_of
from graph_app.views import store

_GROUPS = 200  # entities of one plan; an edit has a handful


def form_of(draft: Draft, proposal: Proposal | None) -> str | None:
    """Return the address of the form of which ``draft`` came; None if it takes an edit back."""
    if proposal is None:
        return None
    if proposal.mapping == files.TEXTS:
        return text(str(proposal.about), draft=draft.id)
    return url_for("edits.form", kind=proposal.kind, draft=draft.id)


def text(about: str, line: str = "", **arguments: str) -> str:
    """Return the address of the text of the source ``about``, at a line."""
    anchor = f"line-{line}" if line else "take"
    told = {"line": line, **arguments} if line else arguments
    return url_for("texts.show", text=about.partition(":")[2], _anchor=anchor, **told)  # type: ignore[arg-type]


def after(edits: Edits, draft: Draft) -> str:
    """Return the page to see next: of what the edit is about, else of what it made, else of all edits."""
    proposal, undoing = edits.proposal(draft), draft.asked.undoes
    ended = draft.state.stage == "done"
    done = {"done": "undone" if undoing else "recorded"} if ended else {}
    edit = proposal or _undone(edits, undoing)
    about = edit.about if edit else None
    if edit and about and _taken(edit):
        return _onwards(edit, about, proposal, done)
    if about is None and ended and not undoing:
        made = [one.id for one in steps_of(draft).groups if one.own and not one.id.startswith("source:")]
        about = made[0] if made else None
    if about is None:
        return url_for("edits.index", **done)  # type: ignore[arg-type]
    return url_for("entities.show", entity=about, **done)  # type: ignore[arg-type]


def steps_of(draft: Draft) -> Steps:
    """Return what ``draft`` changes, entity by entity."""
    return steps(store(), changes_of(draft), Chosen(), 1, _GROUPS)


def _taken(edit: Proposal | Edit) -> bool:
    return edit.kind == BEGUN or taking_of(edit.kind) is not None


def _onwards(edit: Proposal | Edit, about: str, proposal: Proposal | None, done: dict[str, str]) -> str:
    """Return the address of the text, ready for the next fact of the same kind."""
    if proposal is None or edit.kind == BEGUN:
        return text(about, **done)
    return text(about, proposal.cells.get("line", ""), kind_of=edit.kind.removeprefix(f"{BEGUN}-"), **done)


def _undone(edits: Edits, run: str | None) -> Edit | None:
    """Return the edit that ``run`` wrote."""
    return next((one.edit for one in edits.records.by_run(run or "")), None)
