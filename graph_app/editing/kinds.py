"""What can be recorded: each kind with its form, the labels of what it is about, and the rows that it makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from graph_app.editing import duties, entities, rows
from graph_app.editing.around import Around
from graph_app.editing.fields import Field
from graph_app.editing.rows import Making, Tables
from graph_app.errors import N_
from graph_app.lifecycle.classes import APPROVED, FIELDS, SIGNED
from graph_app.vocabulary import vocabulary

DECISIONS = ("review_opened", "keep_decided", "renewal_decided", "downgrade_decided", "termination_decided")
_OF_THEIR_OWN = frozenset(
    {"extended", "renewed", "downgraded", "superseded", "portfolio_reported", "text_recorded", *DECISIONS}
)


def _acts() -> tuple[str, ...]:
    return tuple(name for name in vocabulary().acts if name not in _OF_THEIR_OWN)


DATE = Field("date", N_("Date"), "date", until_today=True, hint=N_("In either calendar; as much of it as is known."))
NAMES = (Field("title_fa", N_("Persian name"), "name"), Field("title_en", N_("English name"), "name"))
TERM = Field("term", N_("How long"), "term", hint=N_("Such as “3 years” or «سه سال»."))
_TERMS = (
    Field("effective_on", N_("Effective on"), "date"),
    Field("ends_on", N_("Ends on"), "date"),
    TERM,
    Field("notice_days", N_("Notice, in days"), "integer"),
)
SOURCE = (
    Field("document_title", N_("Document"), "name", hint=N_("What you cite: the letter, the text, the minutes.")),
    Field("reference_number", N_("Reference number")),
    Field("publisher", N_("Publisher or sender"), "name"),
    Field("document_issued", N_("Date of the document"), "date", until_today=True),
    Field("quote", N_("Its words"), "verbatim"),
    Field("why", N_("Why you record this"), required=True),
)
_BODIES = ("Institution", "Place")
_PARTIES = (
    ("first_party", N_("First party")),
    ("second_party", N_("Second party")),
    ("third_party", N_("Third party")),
)
_SWITCHES = (
    Field("auto_renew", N_("Renews itself"), "boolean"),
    Field("open_ended", N_("Open-ended"), "boolean"),
)
_NEW_POST = N_("Empty: a new post, named below.")
_UNSAID = N_("Empty: nothing is said of it. “Not known” is said where nobody can say it.")
_STATUSES = ("open", "in_progress", "fulfilled")
_FULFILLED = {"status": "fulfilled"}
_PROGRESS = (
    Field("commitment", N_("Commitment"), "entity", required=True, offers="commitments"),
    Field("status", N_("Status"), "word", required=True, of="words", only=_STATUSES),
)
_COMMITMENT = (
    *NAMES,
    Field("owner", N_("Owed by"), "entity", labels=_BODIES),
    Field("kind", N_("Kind"), "word", of="kinds.Commitment"),
    Field("status", N_("Status"), "word", required=True, of="words", only=_STATUSES),
    Field("due", N_("Due"), "date"),
)
_LETTER = (
    *NAMES,
    DATE,
    Field("sender", N_("From"), "entity", labels=(*_BODIES, "Person", "Post")),
    Field("addressee", N_("To"), "entity", required=True, labels=(*_BODIES, "Person", "Post")),
)
_ANSWER = (
    Field("letter", N_("Who answered which letter"), "entity", required=True, offers="addressees"),
    Field("answer", N_("Answer"), required=True),
)
_CORRECTED = (
    Field("kind", N_("Kind"), "word", of="kinds.Agreement"),
    *NAMES,
    *_TERMS,
    *_SWITCHES,
)
_CRITERIA = tuple(
    Field(name, title, "word", of="criteria", hint=_UNSAID)
    for name, title in (
        (SIGNED, N_("Signed by the leaders of both sides")),
        (FIELDS, N_("More than one field of cooperation")),
        (APPROVED, N_("Approved by the assembly of the city")),
    )
)
_TERMS_TEXT = Field(
    "terms",
    N_("The text"),
    "verbatim",
    most=100_000,
    hint=N_(
        "Pasted here, or attached below as plain text, DOCX or ODT. Two copies with the same words have the same hash."
    ),
)
_SUCCESSOR = (
    Field("kind", N_("Kind"), "word", required=True, of="kinds.Agreement"),
    *NAMES,
    Field("signed_on", N_("Signed on"), "date", required=True, until_today=True),
    *_TERMS,
)


def _nothing(_subject: Around) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Kind:
    """One thing that can be recorded.

    Parameters
    ----------
    name, title
        What it is called in addresses, and by people.
    labels
        The labels, one of which what it is about must have; empty: it is about nothing that is there already.
    fields
        Its form, without the fields of the source.
    make
        Makes rows of what was typed, or says what is missing.
    defaults, prefill
        What stands in the form at first, whatever it is about, and of what it is about.

    """

    name: str
    title: str
    labels: tuple[str, ...]
    own_fields: tuple[Field, ...]
    make: Callable[[Making], Tables]
    defaults: Mapping[str, str] = field(default_factory=dict)
    prefill: Callable[[Around], dict[str, str]] = _nothing

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, those of the source at the end."""
        return (*self.own_fields, *SOURCE)


_LEVEL = Field("confidentiality", N_("How confidential"), "word", of="confidentialities")
_NEW_AGREEMENT = (
    Field("kind", N_("Kind"), "word", required=True, of="kinds.Agreement"),
    *NAMES,
    Field("reference_number", N_("Reference number")),
    _LEVEL,
    *(Field(name, title, "entity", labels=_BODIES) for name, title in _PARTIES),
    Field("umbrella", N_("Under the umbrella of"), "entity", labels=("Agreement",)),
    Field("act", N_("What happened"), "word", of="acts", only=_acts()),
    DATE,
    *_TERMS,
    *_SWITCHES,
)
_POST = (
    *NAMES,
    Field("kind", N_("Kind of post"), "word", of="kinds.Post"),
    Field("valid_from", N_("From"), "date"),
    Field("valid_to", N_("To"), "date"),
)
_ALIASES = Field("aliases", N_("Also written"), "names", hint=N_("Several between bars: |"))
_HONORIFIC = Field("honorific_fa", N_("Honorific"), "name")
_BODY = (
    Field("kind", N_("Kind"), "word", of="kinds.Institution"),
    Field("based_in", N_("Based in"), "entity", labels=("Place",)),
    Field("part_of", N_("Part of"), "entity", labels=("Institution",)),
)
_CITY = (
    Field("within", N_("Lies within"), "entity", labels=("Place",)),
    Field("lat", N_("Latitude"), "decimal"),
    Field("lon", N_("Longitude"), "decimal"),
)


_CHOSEN = (replace(_LEVEL, required=True, hint=N_("Who may see less is shown neither it nor what rests on it alone.")),)


def _on_agreements() -> tuple[Kind, ...]:
    on = ("Agreement",)
    act = Field("act", N_("What happened"), "word", required=True, of="acts", only=_acts())
    text = Field("text", N_("Which text"), "entity", offers="copies", hint=N_("Of an approval or signature: its copy."))
    decided = Field("act", N_("Decision"), "word", required=True, of="acts", only=DECISIONS)
    party = Field("party", N_("By whom alone"), "entity", offers="parties", hint=N_("Empty: by all who are needed."))
    holder = Field("party", N_("Whose copy"), "entity", offers="parties", hint=N_("Empty: the text of all."))
    until = Field("until", N_("New end"), "date")
    lower = {"kind": "supplementary_agreement"}
    return (
        Kind("act", N_("An act"), on, (act, DATE, party, text), rows.act),
        Kind("text", N_("Copy of the text"), on, (holder, DATE, _TERMS_TEXT), rows.copy),
        Kind("extension", N_("Extension"), on, (DATE, until, TERM), rows.extension),
        Kind("renewal", N_("Renewal by a new instrument"), on, _SUCCESSOR, rows.renewal),
        Kind("downgrade", N_("Downgrade"), on, _SUCCESSOR, rows.downgrade, lower),
        Kind("review", N_("Review decision"), on, (decided, DATE), rows.act),
        Kind("progress", N_("How a commitment stands"), (*on, "Commitment"), _PROGRESS, duties.progress, _FULFILLED),
        Kind("commitment", N_("New commitment"), on, _COMMITMENT, duties.commitment, {"status": "open"}),
        Kind("letter", N_("Letter"), on, _LETTER, duties.letter),
        Kind("answer", N_("Letter answered"), on, _ANSWER, duties.answer),
        Kind("twinning", N_("Criteria of twinning"), on, _CRITERIA, entities.criteria, prefill=entities.answered),
        Kind("level", N_("How confidential"), (*on, "Source"), _CHOSEN, entities.level, prefill=entities.levelled),
        Kind("agreement-correction", N_("Correction"), on, _CORRECTED, entities.correction, prefill=entities.standing),
    )


def _on_others() -> tuple[Kind, ...]:
    person = Field("person", N_("Person"), "entity", required=True, labels=("Person",))
    post = Field("post", N_("To the post"), "entity", labels=("Post",), hint=_NEW_POST)
    at = Field("institution", N_("At"), "entity", labels=("Institution",))
    offered = Field("post", N_("To the post"), "entity", offers="posts", hint=_NEW_POST)
    correct = partial(Kind, make=entities.correction, prefill=entities.standing)
    title, appointment = N_("Correction"), N_("Appointment")
    return (
        Kind("appointment", appointment, ("Person",), (post, at, *_POST), duties.appointment),
        Kind("appointment-at", appointment, ("Institution",), (person, offered, *_POST), duties.appointment),
        Kind("appointment-to", appointment, ("Post",), (person, *_POST), duties.appointment),
        correct("person-correction", title, ("Person",), (*NAMES, _HONORIFIC, _ALIASES)),
        correct("institution-correction", title, ("Institution",), (*NAMES, *_BODY, _ALIASES)),
        correct("place-correction", title, ("Place",), (*NAMES, *_CITY, _ALIASES)),
        Kind("agreement", N_("New agreement"), (), _NEW_AGREEMENT, entities.agreement),
        Kind("person", N_("New person"), (), (*NAMES, _HONORIFIC, _ALIASES), entities.person),
        Kind("institution", N_("New institution"), (), (*NAMES, *_BODY, _ALIASES), entities.institution),
        Kind("city", N_("New city"), (), (*NAMES, *_CITY, _ALIASES), entities.city),
    )


KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in (*_on_agreements(), *_on_others())})


def kinds_for(labels: tuple[str, ...]) -> list[Kind]:
    """Return what can be recorded of an entity with ``labels``."""
    return [kind for kind in KINDS.values() if not {*kind.labels}.isdisjoint(labels)]
