"""Forms in which people record something, field by field, with what is wrong in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from flask import current_app, render_template

from graph_app.editing.around import Around
from graph_app.editing.desk import Edits
from graph_app.editing.documents import MOST
from graph_app.editing.fields import Field
from graph_app.editing.kinds import Kind
from graph_app.exploration.lifecycle import on_day, today
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.picture import name_of
from graph_app.uploads.limits import MEGABYTE
from graph_app.views import language, store


@dataclass(frozen=True)
class Shown:
    """One field as the form shows it.

    Parameters
    ----------
    field
        The field.
    text, named
        What stands in it, and what the entity is called whose id that is.
    wrong
        What is wrong with it, in the reader's language.
    choices
        What to choose from: the value that is sent, and what it is called.

    """

    field: Field
    text: str
    named: str
    wrong: str
    choices: tuple[tuple[str, str], ...]


def page(kind: Kind, subject: Around | None, typed: Mapping[str, str], wrong: Mapping[str, str] | None = None) -> str:
    """Return the form of ``kind`` about ``subject`` as it was ``typed``, with what is ``wrong`` by field."""
    wrong = wrong or {}
    ids = [typed.get(field.name, "") for field in kind.fields if field.type == "entity"]
    names = {node.id: name_of(node, language()) for node in nodes(filter(None, ids))}
    fields = [shown(field, subject, typed.get(field.name, ""), names, wrong) for field in kind.fields]
    names_of_fields = {field.name for field in kind.fields}
    own, desk = len(kind.own_fields), cast("Edits", current_app.extensions["edits"])
    seen, earlier = typed.get("seen") or desk.records.newest(desk.graph), typed.get("draft", "")
    kept = desk.proposal(desk.drafts.get(earlier)) if earlier else None
    return render_template(
        "edits/form.html",
        kind=kind,
        subject=subject,
        standing=on_day(store(), subject.node, today()) if subject else None,
        wrong=wrong,
        besides={name: text for name, text in wrong.items() if name not in {"document", *names_of_fields}},
        own=fields[:own],
        cited=fields[own:],
        seen=seen,
        earlier=earlier,
        attached=kept.document.get("document_name") if kept else None,
        most=MOST // MEGABYTE,
    )


def shown(field: Field, subject: Around | None, text: str, names: Mapping[str, str], wrong: Mapping[str, str]) -> Shown:
    """Return ``field`` as a form about ``subject`` shows it, with ``text`` in it; ``names`` are those of entities."""
    choices = [(name, word.in_language(language())) for name, word in field.choices.items()]
    if field.offers and subject:
        offered = subject.offered(field.offers)
        choices = [(value, " · ".join(name_of(node, language()) for node in told)) for value, told in offered]
    return Shown(field, text, names.get(text, ""), wrong.get(field.name, ""), tuple(choices))


def nodes(ids: Iterable[str]) -> list[Node]:
    """Return the entities with these ids, agreements with the status that they have today."""
    found = by_id(store(), sorted(set(ids)))
    return on_day(store(), [*found.values()], today()) if found else []
