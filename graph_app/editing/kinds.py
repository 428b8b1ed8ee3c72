"""What can be recorded: each kind with its form, the labels of what it is about, and the rows that it makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from graph_app.editing import rows
from graph_app.editing.around import Around
from graph_app.editing.fields import Field
from graph_app.editing.rows import Making, Tables
from graph_app.errors import N_
from graph_app.vocabulary import vocabulary

DECISIONS = ("review_opened", "keep_decided", "renewal_decided", "downgrade_decided", "termination_decided")
_OF_THEIR_OWN = frozenset({"extended", "renewed", "downgraded", "superseded", "portfolio_reported", *DECISIONS})
_SIGNING = ("party", "counterpart", "competent_authority", "implementer", "supporter")


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


def _kinds() -> tuple[Kind, ...]:
    agreement, decided = ("Agreement",), Field("act", N_("Decision"), "word", required=True, of="acts", only=DECISIONS)
    act = Field("act", N_("What happened"), "word", required=True, of="acts", only=_acts())
    party = Field("party", N_("By whom alone"), "entity", offers="parties", hint=N_("Empty: by all who are needed."))
    until = Field("until", N_("New end"), "date")
    return (
        Kind("act", N_("An act"), agreement, (act, DATE, party), rows.act),
        Kind("extension", N_("Extension"), agreement, (DATE, until, TERM), rows.extension),
        Kind("renewal", N_("Renewal by a new instrument"), agreement, _SUCCESSOR, rows.renewal),
        Kind("downgrade", N_("Downgrade"), agreement, _SUCCESSOR, rows.downgrade, {"kind": "supplementary_agreement"}),
        Kind("review", N_("Review decision"), agreement, (decided, DATE), rows.act),
    )


KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _kinds()})


def kinds_for(labels: tuple[str, ...]) -> list[Kind]:
    """Return what can be recorded of an entity with ``labels``."""
    return [kind for kind in KINDS.values() if not {*kind.labels}.isdisjoint(labels)]
