"""What can be taken from a passage: each kind with its form, and the rows that it makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from graph_app.editing.fields import Field
from graph_app.editing.kinds import DATE, NAMES, TERM
from graph_app.editing.rows import Tables
from graph_app.errors import N_
from graph_app.texts import fresh, ties, told
from graph_app.texts.rows import REFERRED, Told
from graph_app.vocabulary import Word

BEGUN = "text"  # the kind of the edit that makes a source of a text
_WHOEVER = ("Person", "Institution", "Place", "Post")
_BODIES = ("Institution", "Place")
_FREE = replace(DATE, until_today=False)


@dataclass(frozen=True)
class Choice(Field):
    """A field in which one of the types of ties is chosen."""

    @property
    def choices(self) -> dict[str, Word]:
        """The types, each with the ends that it may have."""
        return ties.choices()


@dataclass(frozen=True)
class Taking:
    """One kind of fact: what it is called in addresses and by people, its form, and what makes rows of it.

    ``defaults`` stand in the form at first.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    make: Callable[[Told], Tables]
    defaults: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of the edits that take it."""
        return f"{BEGUN}-{self.name}"


def taking_of(kind: str) -> Taking | None:
    """Return what an edit of this kind takes; None if it takes nothing."""
    return TAKINGS.get(kind.removeprefix(f"{BEGUN}-"))


def _kind(of: str) -> Field:
    return Field("kind", N_("Kind"), "word", required=True, of=f"kinds.{of}")


_ALIASES = Field("aliases_fa", N_("Also written"), "names", hint=N_("Several between bars: |"))
_PLACE = Field("place", N_("Where"), "entity", labels=("Place",))
_IN_ENGLISH = Field("title_en", N_("In English"), "name", hint=N_("Its meaning in short; its words are the quotation."))
_ABOUT_AGREEMENT = Field("agreement", N_("Agreement"), "entity", labels=("Agreement",))
_EVENTED = Field("event", N_("Took part in"), "entity", labels=("Event",))
_TIE = (
    Field("start", N_("Who or what"), "entity", required=True),
    Choice("type", N_("Tie"), "key", required=True),
    Field("end", N_("With whom or what"), "entity", required=True),
    Field("role", N_("Role"), "word", of="roles", hint=N_("Of a party, or of who took part.")),
    Field("participation", N_("Participation"), "word", of="words", only=("attended", "planned")),
    Field("signatory", N_("Signed by"), "entity", labels=("Person",), hint=N_("Who signed for this party.")),
)
_POST = (
    Field("person", N_("Person"), "entity", labels=("Person",), hint=N_("Empty: the text does not name the holder.")),
    *NAMES,
    replace(_kind("Post"), title=N_("Kind of post")),
    Field("institution", N_("At"), "entity", labels=("Institution",)),
    replace(_PLACE, title=N_("For the place")),
    Field("from_date", N_("From"), "date"),
    Field("to_date", N_("To"), "date"),
    _EVENTED,
)
_ACT = (
    replace(_ABOUT_AGREEMENT, required=True),
    Field("act", N_("What happened"), "word", required=True, of="acts"),
    _FREE,
    _PLACE,
    *NAMES,
)
_EVENT = (
    *NAMES,
    _kind("Event"),
    Field("status", N_("Status"), "word", of="words", only=("held", "planned")),
    _FREE,
    _PLACE,
    _ABOUT_AGREEMENT,
)
_COMMITMENT = (
    *NAMES,
    _kind("Commitment"),
    _ABOUT_AGREEMENT,
    Field("event", N_("Event"), "entity", labels=("Event",)),
    Field("owner", N_("Owed by"), "entity", labels=_WHOEVER),
    Field("other_owner", N_("And by"), "entity", labels=_WHOEVER),
    Field("status", N_("Status"), "word", of="words", only=("open", "in_progress", "fulfilled", "agreed_in_draft")),
    Field("due", N_("Due"), "date"),
)
_STATEMENT = (
    Field("speaker", N_("Who said it"), "entity", required=True, labels=_WHOEVER),
    _kind("Statement"),
    Field("about", N_("About"), "entity", required=True, labels=REFERRED),
    _IN_ENGLISH,
)
_FIGURE = (
    *NAMES,
    Field("operator", N_("Said as"), "word", required=True, of="words", only=("eq", "approx", "gt", "some")),
    Field("value", N_("Value"), "integer"),
    Field("unit_fa", N_("Unit")),
    Field("scope", N_("Counted of"), "entity", required=True, labels=REFERRED),
)
_INSTITUTION = (
    *NAMES,
    _kind("Institution"),
    Field("part_of", N_("Part of"), "entity", labels=("Institution",)),
    Field("based_in", N_("Based in"), "entity", labels=("Place",)),
    _ALIASES,
)
_AGREEMENT = (
    *NAMES,
    _kind("Agreement"),
    Field("status", N_("Status, as the text says"), "word", of="statuses"),
    TERM,
    Field("first_party", N_("First party"), "entity", labels=_BODIES),
    Field("second_party", N_("Second party"), "entity", labels=_BODIES),
)
_WITHIN = Field("within", N_("Lies within"), "entity", labels=("Place",))
_PERSON = (
    *NAMES,
    Field("honorific_fa", N_("Honorific"), "name"),
    _ALIASES,
    Field("post_fa", N_("Post, in Persian"), "name", hint=N_("If the passage says who somebody is.")),
    Field("post_en", N_("Post, in English"), "name"),
    Field("post_kind", N_("Kind of post"), "word", of="kinds.Post"),
    Field("institution", N_("At"), "entity", labels=("Institution",)),
    _EVENTED,
)
_TOPIC = (*NAMES, _kind("Topic"), replace(_ABOUT_AGREEMENT, title=N_("Topic of the agreement")))

PASSAGE = (
    Field("line", N_("Line"), "integer", required=True),
    Field("until", N_("To line"), "integer", hint=N_("If the words go on to another line.")),
    Field(
        "quote", N_("Its words"), "verbatim", required=True, hint=N_("As they stand there; cut away what is too much.")
    ),
    Field("certainty", N_("Certainty"), "word", required=True, of="certainties"),
    Field("note", N_("Note")),
)
SOURCE = (
    replace(NAMES[0], title=N_("Persian title"), hint=N_("Empty in both languages: the first words of the text.")),
    replace(NAMES[1], title=N_("English title")),
    Field("publisher", N_("Publisher or sender"), "name"),
    Field("date", N_("Date"), "date", until_today=True, hint=N_("In either calendar; as much of it as is known.")),
    Field("url", N_("Address"), "text"),
    Field("language", N_("Language"), "word", of="words", only=("fa", "en"), hint=N_("Empty: told by its letters.")),
)
_ALL = (
    Taking("tie", N_("A tie"), _TIE, ties.tie),
    Taking("post", N_("A person in a post"), _POST, told.post),
    Taking("act", N_("An act on an agreement"), _ACT, told.act),
    Taking("commitment", N_("A commitment"), _COMMITMENT, told.commitment),
    Taking("statement", N_("A statement"), _STATEMENT, told.statement),
    Taking("figure", N_("A figure"), _FIGURE, told.figure),
    Taking("event", N_("An event"), _EVENT, told.event),
    Taking("person", N_("New person"), _PERSON, fresh.person),
    Taking("institution", N_("New institution"), _INSTITUTION, fresh.institution),
    Taking("place", N_("New place"), (*NAMES, _kind("Place"), _WITHIN, _ALIASES), fresh.place),
    Taking("agreement", N_("New agreement"), _AGREEMENT, fresh.agreement),
    Taking("topic", N_("New topic"), _TOPIC, fresh.topic, {"kind": "field"}),
)
TAKINGS: Mapping[str, Taking] = MappingProxyType({one.name: one for one in _ALL})
NEW = frozenset({"event", "person", "institution", "place", "agreement", "topic"})  # their name may be the passage
