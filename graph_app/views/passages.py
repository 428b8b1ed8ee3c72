"""The form that takes what a passage of a text says: filled in with the passage and the names that stand there."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_app.editing.fields import Field
from graph_app.errors import LoadError
from graph_app.graph.results import Node
from graph_app.picture import name_of
from graph_app.text import is_rtl, squash
from graph_app.texts.desk import passage
from graph_app.texts.kinds import NEW, PASSAGE, Taking
from graph_app.texts.lines import passage as standing
from graph_app.texts.marking import Piece
from graph_app.views import edit_forms as forms
from graph_app.views import filters, language
from graph_app.views.edit_forms import Shown
from graph_app.views.edits import edits


@dataclass(frozen=True)
class Form:
    """The form of one kind of fact.

    Parameters
    ----------
    taking
        What is taken.
    passage, own
        The fields for the passage, and those of the kind.
    line, until, quote
        The passage as it is now.
    seen
        The number of the last run when the form was opened.

    """

    taking: Taking
    passage: tuple[Shown, ...]
    own: tuple[Shown, ...]
    line: int
    until: int
    quote: str
    seen: str


def form(
    taking: Taking,
    content: str,
    pieces: Mapping[int, tuple[Piece, ...]],
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> Form:
    """Return the form of ``taking`` as it was ``typed``, with what is ``wrong`` by field."""
    first = {"line": str(min(pieces, default=1)), "certainty": "stated", **taking.defaults, **typed}
    where, _ = passage(content, first)
    quote = where.quote or _whole(content, where.first, where.last)
    named = _named(pieces, range(where.first, where.last + 1))
    filled = {**_guessed(taking, named, where.quote), **first, "quote": quote, "line": filters.digits(where.first)}
    wanted = [filled.get(one.name, "") for one in taking.fields if one.type == "entity"]
    names = {node.id: name_of(node, language()) for node in forms.nodes(filter(None, wanted))}
    return Form(
        taking,
        tuple(forms.shown(one, None, filled.get(one.name, ""), names, wrong) for one in PASSAGE),
        tuple(forms.shown(one, None, filled.get(one.name, ""), names, wrong) for one in taking.fields),
        where.first,
        where.last,
        where.quote,
        typed.get("seen") or str(edits().records.newest(edits().graph)),
    )


def _whole(content: str, first: int, last: int) -> str:
    try:
        return standing(content, first, last)
    except LoadError:
        return ""


def _named(pieces: Mapping[int, tuple[Piece, ...]], lines: range) -> dict[str, tuple[str, Node]]:
    """Return the entities that these lines name, each with the words that name it, in their order."""
    found: dict[str, tuple[str, Node]] = {}
    for number in lines:
        for piece in pieces.get(number, ()):
            for node in piece.nodes:
                found.setdefault(node.id, (piece.text, node))
    return found


def _guessed(taking: Taking, named: Mapping[str, tuple[str, Node]], quote: str) -> dict[str, str]:
    """Return what a selected passage fills in: the entities it names, in order, or the name of a new one.

    Only what must be there is filled in, and only by names that mean one thing.
    """
    found: dict[str, str] = {}
    if not quote:
        return found
    if taking.name in NEW:
        return {"title_fa" if is_rtl(quote) else "title_en": quote}
    shared = [text for text, _ in named.values()]
    sure = [(text, node) for text, node in named.values() if shared.count(text) == 1 and squash(text) in squash(quote)]
    for field in taking.fields:
        if field.type == "entity" and field.required:
            fits = (node for _, node in sure if _fits(field, node))
            if one := next((node for node in fits if node.id not in found.values()), None):
                found[field.name] = one.id
    return found


def _fits(field: Field, node: Node) -> bool:
    return not field.labels or not {*field.labels}.isdisjoint(node.labels)
