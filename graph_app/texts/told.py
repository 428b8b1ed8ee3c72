"""Rows of what else a passage can say: who is in a post, an act, a commitment, a statement, a figure, something new."""

from graph_app.editing.around import key_of
from graph_app.editing.rows import FormError, Tables, named
from graph_app.errors import N_, LoadError
from graph_app.text import is_rtl
from graph_app.texts.rows import Told, called, dated, reference
from graph_app.vocabulary import vocabulary

_TITLES = ("title_fa", "title_en")


def post(told: Told) -> Tables:
    """Return the row of somebody in a post, or of a post whose holder the text does not name."""
    given = told.given
    _persian(told)
    row = {
        "position_id": told.fresh("Post", given["title_en"]),
        "person_id": told.key_in("person"),
        "institution_id": told.key_in("institution"),
        "place_id": told.key_in("place"),
        **called(given, *_TITLES),
        **given.some("from_date", "to_date"),
        "role_class": given["kind"],
        "as_of": told.issued,
    }
    who = ("person", row["person_id"]) if row["person_id"] else ("position", row["position_id"])
    return {"positions": [_filled(row)], **_took_part(told, *who)}


def event(told: Told) -> Tables:
    """Return the row of an event."""
    given = told.given
    named(given)
    row = {
        "event_id": told.fresh("Event", given["title_en"]),
        **called(given, *_TITLES),
        **given.some("kind", "status"),
        **dated(given["date"]),
        "place_id": told.key_in("place"),
        "agreement_id": told.key_in("agreement"),
    }
    return {"events": [_filled(row)]}


def act(told: Told) -> Tables:
    """Return the row of an act on an agreement; its title is that of the agreement, unless it has one of its own."""
    given, properties = told.given, told.node("agreement").properties
    word = vocabulary().acts[given["act"]]
    made = {
        f"title_{language}": f"{word.in_language(language)}: {properties[f'name_{language}']}"
        for language in ("fa", "en")
        if properties.get(f"name_{language}")
    }
    row = {
        "event_id": told.fresh("Event", given["title_en"]),
        "kind": "act",
        "status": "held",
        **made,
        **called(given, *_TITLES),
        **dated(given["date"]),
        "place_id": told.key_in("place"),
        "agreement_id": told.key_in("agreement"),
        "effect_on_agreement": given["act"],
    }
    return {"events": [_filled(row)]}


def commitment(told: Told) -> Tables:
    """Return the row of a commitment.

    Raises
    ------
    FormError
        If it arises from neither an agreement nor an event.

    """
    given = told.given
    named(given)
    if not given["agreement"] and not given["event"]:
        raise FormError({"agreement": LoadError(N_("Say from which agreement or event it arises."))})
    owners = [":".join(reference(told.node(field))) for field in ("owner", "other_owner") if given[field]]
    row = {
        "commitment_id": told.fresh("Commitment", given["title_en"]),
        **called(given, "action_fa", "action_en"),
        **given.some("kind", "status", "due"),
        "agreement_id": told.key_in("agreement"),
        "event_id": told.key_in("event"),
        "actor_refs": "|".join(dict.fromkeys(owners)),
    }
    return {"commitments": [_filled(row)]}


def statement(told: Told) -> Tables:
    """Return the row of what somebody said; without a summary it is called by its words."""
    given = told.given
    (speaker_type, speaker), (about_type, about) = reference(told.node("speaker")), reference(told.node("about"))
    row = {
        "statement_id": told.fresh("Statement", given["title_en"]),
        "speaker_type": speaker_type,
        "speaker_id": speaker,
        "kind": given["kind"],
        "text_en": given["title_en"] or given["quote"],
        "about_type": about_type,
        "about_id": about,
    }
    return {"statements": [_filled(row)]}


def figure(told: Told) -> Tables:
    """Return the row of a figure that the text claims."""
    given = told.given
    named(given)
    word, key = reference(told.node("scope"))
    row = {
        "count_id": told.fresh("Metric", given["title_en"]),
        **called(given, "subject_fa", "subject_en"),
        **given.some("operator", "value", "unit_fa"),
        "scope_type": word,
        "scope_id": key,
        "as_of": told.issued,
    }
    return {"counts": [_filled(row)]}


def person(told: Told) -> Tables:
    """Return the rows of a new person, and of the post in which they are and the event in which they took part."""
    given = told.given
    _persian(told)
    key = told.fresh("Person", given["title_en"])
    row = {"person_id": key, **called(given), **given.some("honorific_fa", "aliases_fa")}
    return {"people": [row], "positions": _held(told, key), **_took_part(told, "person", key)}


def _held(told: Told, person: str) -> list[dict[str, str]]:
    """Return the row of the post in which a new person is, if one is named.

    Raises
    ------
    FormError
        If half of it is missing.

    """
    given = told.given
    if not given.some("post_fa", "post_en", "post_kind", "institution"):
        return []
    needed = {field for field in ("post_fa", "post_kind") if not given[field]}
    if needed:
        message = N_("A post needs its Persian name and its kind.")
        raise FormError({field: LoadError(message) for field in needed})
    row = {
        "position_id": told.fresh("Post", given["post_en"]),
        "person_id": person,
        "institution_id": told.key_in("institution"),
        "title_fa": given["post_fa"],
        "title_en": given["post_en"],
        "role_class": given["post_kind"],
        "as_of": told.issued,
    }
    return [_filled(row)]


def _took_part(told: Told, word: str, key: str) -> Tables:
    """Return the row of a part taken in the event that was named, if one was."""
    if not told.given["event"]:
        return {}
    planned = told.node("event").properties.get("status") == "planned"
    row = {"event_id": told.key_in("event"), "participant_type": word, "participant_id": key, "role": "attendee"}
    return {"event_participants": [{**row, "participation": "planned" if planned else "attended"}]}


def institution(told: Told) -> Tables:
    """Return the row of a new institution."""
    given = told.given
    _persian(told)
    above, seat = told.key_in("part_of"), told.key_in("based_in")
    row = {
        "institution_id": told.fresh("Institution", given["title_en"]),
        **called(given),
        "type": given["kind"],
        "parent_institution_id": above,
        "parent_basis": "text" if above else "",
        "place_id": seat,
        "place_role": "seat" if seat else "",
        "aliases_fa": given["aliases_fa"],
    }
    return {"institutions": [_filled(row)]}


def place(told: Told) -> Tables:
    """Return the row of a new place."""
    given = told.given
    _persian(told)
    within = told.key_in("within")
    row = {
        "place_id": told.fresh("Place", given["title_en"]),
        **called(given),
        "kind": given["kind"],
        "parent_place_id": within,
        "parent_basis": "text" if within else "",
        "aliases_fa": given["aliases_fa"],
    }
    return {"places": [_filled(row)]}


def agreement(told: Told) -> Tables:
    """Return the rows of a new agreement, with the parties that were named."""
    given = told.given
    named(given)
    key = told.fresh("Agreement", given["title_en"])
    status = {"status": given["status"], "status_as_of": told.issued, "status_basis": "asserted"}
    row = {
        "agreement_id": key,
        **called(given, *_TITLES),
        **given.some("kind", "term"),
        **(status if given["status"] else {}),
    }
    parties = [reference(told.node(field)) for field in ("first_party", "second_party") if given[field]]
    told_of = [{"agreement_id": key, "party_type": word, "party_id": id_, "role": "party"} for word, id_ in parties]
    return {"agreements": [_filled(row)], "agreement_parties": told_of}


def topic(told: Told) -> Tables:
    """Return the rows of a new topic, and of the agreement whose subject it is."""
    _persian(told)
    key, agreement = told.fresh("Topic", told.given["title_en"]), told.key_in("agreement")
    row = {"topic_id": key, **called(told.given), "kind": told.given["kind"]}
    subject = [{"agreement_id": agreement, "topic_id": key, "relation": "subject"}] if agreement else []
    return {"topics": [row], "agreement_topics": subject}


def source(told: Told, publisher: str) -> Tables:
    """Return the row of the source that a text is; ``publisher`` is the id of a known institution, or empty."""
    given = told.given
    name = given["publisher"]
    row = {
        "source_id": told.key,
        **called(given, *_TITLES),
        **({"publisher_fa" if is_rtl(name) else "publisher_en": name} if name else {}),
        "publisher_id": key_of(publisher),
        **dated(given["date"]),
        **given.some("file", "url", "language"),
    }
    return {"sources": [_filled(row)]}


def _persian(told: Told) -> None:
    if not told.given["title_fa"]:
        raise FormError({"title_fa": LoadError(N_("Give its Persian name: this table cannot do without."))})


def _filled(row: dict[str, str]) -> dict[str, str]:
    return {column: cell for column, cell in row.items() if cell}
