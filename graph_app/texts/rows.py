"""What a passage says, on its way to rows of the mapping ``texts``; and rows that speak of what is there already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph_app.dates import parse
from graph_app.editing.around import key_of
from graph_app.editing.fields import Given
from graph_app.editing.rows import FormError, Tables
from graph_app.errors import N_, LoadError
from graph_app.graph.results import Node
from graph_app.text import fold
from graph_app.vocabulary import vocabulary

_TABLES = {  # by label: the table, and its columns for key, kind and name
    "Place": ("places", "place_id", "kind", "name_fa"),
    "Institution": ("institutions", "institution_id", "type", "name_fa"),
    "Agreement": ("agreements", "agreement_id", "kind", None),
    "Event": ("events", "event_id", "kind", None),
    "Post": ("positions", "position_id", "role_class", "title_fa"),
    "Commitment": ("commitments", "commitment_id", "kind", None),
}
_BODY = ("bodies", "body_id", "kind", "name_fa")
_WORDS = {"Post": "position"}  # by which rows refer to a label, where it is not the label itself
REFERRED = ("Person", "Institution", "Place", "Post", "Agreement", "Event")  # labels to which rows can refer by a word
TITLES = ("title_fa", "title_en")
_LONGEST = 60  # letters of a key made of a name


@dataclass(frozen=True)
class Told:
    """What was typed of a passage.

    Parameters
    ----------
    key
        The key of the edit.
    given
        What was typed.
    nodes
        The entities among it, by id, as this text told of them before, if it did.
    issued
        The day of the text as ISO writes it; empty if it is not known.
    taken
        Whether there is an entity with an id.

    """

    key: str
    given: Given
    nodes: Mapping[str, Node]
    issued: str
    taken: Callable[[str], bool]

    def node(self, field: str) -> Node:
        """Return the entity in ``field``, which is not empty."""
        return self.nodes[self.given[field]]

    def key_in(self, field: str) -> str:
        """Return the key of the entity in ``field``; empty if there is none."""
        return key_of(self.given[field])

    def fresh(self, label: str, name: str = "") -> str:
        """Return a key for a new entity: made of its English ``name``, else of the key of the edit."""
        words = fold(name)[:_LONGEST].strip()
        wanted = words.replace(" ", "-") if words.isascii() else ""
        base = vocabulary().base(label).lower()
        return wanted if wanted and not self.taken(f"{base}:{wanted}") else f"{self.key}-{label.lower()}"


def base(node: Node) -> str:
    """Return the label of which all others of ``node`` are refinements."""
    return vocabulary().base(vocabulary().shown(node.labels))


def reference(node: Node) -> tuple[str, str]:
    """Return the word and the key by which rows refer to ``node``."""
    label = base(node)
    return _WORDS.get(label, label.lower()), key_of(node.id)


def again(node: Node, field: str, cells: Mapping[str, str], *, body: bool = False) -> Tables:
    """Return the row that says again of what kind ``node`` is and what it is called, and ``cells``.

    Rows of the founding tables have to say both. ``field`` is told at fault if one is not known; ``body`` says it in
    the table of bodies.
    """
    table, key, kind, name = _BODY if body else _TABLES[base(node)]
    known = {kind: node.properties.get("kind"), **({name: node.properties.get("name_fa")} if name else {})}
    if not all(known.values()):
        message = N_("“%(id)s” has no Persian name, or no kind. Record that first: this table cannot do without.")
        raise FormError({field: LoadError(message, id=node.id)})
    return {table: [{key: key_of(node.id), **{column: str(one) for column, one in known.items()}, **cells}]}


def dated(text: str) -> dict[str, str]:
    """Return a date that was typed, in the column of its calendar."""
    return {f"date_{parse(text).calendar}": text} if text else {}


def called(given: Given, fa: str = "name_fa", en: str = "name_en") -> dict[str, str]:
    """Return the names that were typed in the fields ``title_fa`` and ``title_en``, in these columns."""
    names = {fa: given["title_fa"], en: given["title_en"]}
    return {column: name for column, name in names.items() if name}


def took_part(told: Told, word: str, key: str) -> Tables:
    """Return the row of a part taken in the event that was named, if one was."""
    if not told.given["event"]:
        return {}
    planned = told.node("event").properties.get("status") == "planned"
    row = {"event_id": told.key_in("event"), "participant_type": word, "participant_id": key, "role": "attendee"}
    return {"event_participants": [{**row, "participation": "planned" if planned else "attended"}]}


def persian(told: Told) -> None:
    """Refuse what has no Persian name.

    Raises
    ------
    FormError
        If it is empty.

    """
    if not told.given["title_fa"]:
        raise FormError({"title_fa": LoadError(N_("Give its Persian name: this table cannot do without."))})


def filled(row: dict[str, str]) -> dict[str, str]:
    """Return ``row`` without its empty cells."""
    return {column: cell for column, cell in row.items() if cell}
