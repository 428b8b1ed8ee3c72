"""Rows of what else a passage can say: who is in a post, an event, an act, a commitment, a statement, a figure."""

from graph_app.editing.rows import FormError, Tables, named
from graph_app.errors import N_, LoadError
from graph_app.texts.rows import TITLES, Told, called, dated, filled, persian, reference, took_part
from graph_app.vocabulary import vocabulary


def post(told: Told) -> Tables:
    """Return the row of somebody in a post, or of a post whose holder the text does not name."""
    given = told.given
    persian(told)
    row = {
        "position_id": told.fresh("Post", given["title_en"]),
        "person_id": told.key_in("person"),
        "institution_id": told.key_in("institution"),
        "place_id": told.key_in("place"),
        **called(given, *TITLES),
        **given.some("from_date", "to_date"),
        "role_class": given["kind"],
        "as_of": told.issued,
    }
    who = ("person", row["person_id"]) if row["person_id"] else ("position", row["position_id"])
    return {"positions": [filled(row)], **took_part(told, *who)}


def event(told: Told) -> Tables:
    """Return the row of an event."""
    given = told.given
    named(given)
    row = {
        "event_id": told.fresh("Event", given["title_en"]),
        **called(given, *TITLES),
        **given.some("kind", "status"),
        **dated(given["date"]),
        "place_id": told.key_in("place"),
        "agreement_id": told.key_in("agreement"),
    }
    return {"events": [filled(row)]}


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
        **called(given, *TITLES),
        **dated(given["date"]),
        "place_id": told.key_in("place"),
        "agreement_id": told.key_in("agreement"),
        "effect_on_agreement": given["act"],
    }
    return {"events": [filled(row)]}


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
    return {"commitments": [filled(row)]}


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
    return {"statements": [filled(row)]}


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
    return {"counts": [filled(row)]}
