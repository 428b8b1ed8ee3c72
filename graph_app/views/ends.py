"""Entities that a form asks for by name: what was typed, which one is meant, or which it can be."""

from dataclasses import dataclass

from flask_babel import gettext

from graph_app.catalog.entities import ManyMeantError, resolve
from graph_app.errors import PeyvandError
from graph_app.exploration.search import Hit
from graph_app.graph.results import Node
from graph_app.picture import name_of
from graph_app.views import language, store


@dataclass(frozen=True)
class End:
    """One field for an entity.

    Parameters
    ----------
    field
        What the address calls it.
    text
        What stands in the field.
    node
        The entity that is meant, if that is known.
    wrong
        Why it is not known, in the reader's language.
    meant
        Those that it can be.

    """

    field: str
    text: str
    node: Node | None = None
    wrong: str = ""
    meant: tuple[Hit, ...] = ()

    @property
    def id(self) -> str:
        """The id of the entity; empty if it is not known."""
        return self.node.id if self.node else ""


def end(field: str, text: str) -> End:
    """Return the field with the entity that ``text`` means: an id, or a name in any spelling."""
    if not text.strip():
        return End(field, "")
    try:
        node = resolve(store(), text.strip())
    except ManyMeantError as error:
        return End(field, text, None, gettext("Which one is meant?"), error.hits)
    except PeyvandError as error:
        return End(field, text, None, error.translated(gettext))
    return End(field, name_of(node, language()), node)
