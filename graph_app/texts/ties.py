"""Ties between two entities that a passage can state: each type with the ends that it may have, and its rows."""

from collections.abc import Callable
from dataclasses import dataclass

from graph_app.editing.around import key_of
from graph_app.editing.rows import FormError, Tables
from graph_app.errors import N_, LoadError
from graph_app.graph.results import Node
from graph_app.texts.rows import Told, again, base, reference
from graph_app.vocabulary import Word, vocabulary

_WHOEVER = ("Person", "Institution", "Place", "Post")


@dataclass(frozen=True)
class Way:
    """One way to state a tie: its type, the labels that its ends may have, and its rows."""

    type: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    make: Callable[[Told, Node, Node], Tables]

    def fits(self, start: Node, end: Node) -> bool:
        """Return whether these can be the ends."""
        return base(start) in self.starts and base(end) in self.ends


def _cell(column: str, **more: str) -> Callable[[Told, Node, Node], Tables]:
    """Return what says the tie in a row of its start, where ``column`` has the key of its end."""
    return lambda _told, start, end: again(start, "start", {column: key_of(end.id), **more})


def _party(told: Told, start: Node, end: Node) -> Tables:
    return _participation(start, end, told.given["role"] or "party", told.key_in("signatory"))


def _territory(_told: Told, start: Node, end: Node) -> Tables:
    return _participation(end, start, "territory")


def _participation(party: Node, agreement: Node, role: str, signatory: str = "") -> Tables:
    word, key = reference(party)
    row = {"agreement_id": key_of(agreement.id), "party_type": word, "party_id": key, "role": role}
    return {"agreement_parties": [{**row, **({"signatory_person_id": signatory} if signatory else {})}]}


def _took_part(told: Told, start: Node, end: Node) -> Tables:
    word, key = reference(start)
    row = {"event_id": key_of(end.id), "participant_type": word, "participant_id": key}
    given = told.given
    return {"event_participants": [{**row, "role": given["role"] or "participant", **given.some("participation")}]}


def _topic_of_agreement(_told: Told, start: Node, end: Node) -> Tables:
    return {"agreement_topics": [{"agreement_id": key_of(start.id), "topic_id": key_of(end.id), "relation": "subject"}]}


def _topic_of_event(_told: Told, start: Node, end: Node) -> Tables:
    return {"event_topics": [{"event_id": key_of(start.id), "topic_id": key_of(end.id)}]}


def _set_up(_told: Told, start: Node, end: Node) -> Tables:
    return again(start, "start", {"agreement_id": key_of(end.id)}, body=True)


def _owed(_told: Told, start: Node, end: Node) -> Tables:
    return again(start, "start", {"actor_refs": ":".join(reference(end))})


_AGREEMENTS, _INSTITUTIONS, _PLACES = ("Agreement",), ("Institution",), ("Place",)
_EVENTS, _POSTS, _COMMITMENTS, _TOPICS = ("Event",), ("Post",), ("Commitment",), ("Topic",)
WAYS = (
    Way("TOOK_PART_IN", _WHOEVER, _EVENTS, _took_part),
    Way("PARTY_TO", _WHOEVER, _AGREEMENTS, _party),
    Way("APPLIES_IN", _AGREEMENTS, _PLACES, _territory),
    Way("UNDER_UMBRELLA", _AGREEMENTS, _AGREEMENTS, _cell("parent_agreement_id", parent_relation="under_umbrella")),
    Way("ABOUT", _AGREEMENTS, _TOPICS, _topic_of_agreement),
    Way("ABOUT", _EVENTS, _TOPICS, _topic_of_event),
    Way("ABOUT", _EVENTS, _AGREEMENTS, _cell("agreement_id")),
    Way("HELD_IN", _EVENTS, _PLACES, _cell("place_id")),
    Way("PART_OF", _INSTITUTIONS, _INSTITUTIONS, _cell("parent_institution_id", parent_basis="text")),
    Way("PART_OF", _AGREEMENTS, _AGREEMENTS, _cell("parent_agreement_id", parent_relation="part_of_portfolio")),
    Way("BASED_IN", _INSTITUTIONS, _PLACES, _cell("place_id", place_role="seat")),
    Way("SERVES", _INSTITUTIONS, _PLACES, _cell("place_id", place_role="jurisdiction")),
    Way("SET_UP_UNDER", _INSTITUTIONS, _AGREEMENTS, _set_up),
    Way("POST_AT", _POSTS, _INSTITUTIONS, _cell("institution_id")),
    Way("POST_FOR", _POSTS, _PLACES, _cell("place_id")),
    Way("ON_BEHALF_OF", _POSTS, _PLACES, _cell("on_behalf_of_place_id")),
    Way("ARISES_FROM", _COMMITMENTS, _AGREEMENTS, _cell("agreement_id")),
    Way("ARISES_FROM", _COMMITMENTS, _EVENTS, _cell("event_id")),
    Way("OWED_BY", _COMMITMENTS, _WHOEVER, _owed),
    Way("WITHIN", _PLACES, _PLACES, _cell("parent_place_id", parent_basis="text")),
)


def choices() -> dict[str, Word]:
    """Return the types to choose from, each as its sentence with the labels that its ends may have."""
    return {type_: Word(en=_said(type_, "en"), fa=_said(type_, "fa")) for type_ in dict.fromkeys(w.type for w in WAYS)}


def tie(told: Told) -> Tables:
    """Return the rows of a tie; one whose ends fit only the other way round is turned.

    Raises
    ------
    FormError
        If a tie of this type cannot have these ends.

    """
    type_, start, end = told.given["type"], told.node("start"), told.node("end")
    for first, second in ((start, end), (end, start)):
        for way in WAYS:
            if way.type == type_ and way.fits(first, second):
                return way.make(told, first, second)
    message = N_("Such a tie does not join these two; the list says which it joins.")
    raise FormError({"type": LoadError(message)})


def _said(type_: str, language: str) -> str:
    words, comma = vocabulary(), "، " if language == "fa" else ", "

    def names(labels: tuple[str, ...]) -> str:
        return comma.join(words.labels[label].in_language(language) for label in labels)

    phrase = words.types[type_].phrase.in_language(language)
    ways = [way for way in WAYS if way.type == type_]
    pairs = dict.fromkeys((names(way.starts), names(way.ends)) for way in ways)
    joined = (" یا " if language == "fa" else " or ").join
    return joined(f"{start} – {phrase} – {end}" for start, end in pairs)
