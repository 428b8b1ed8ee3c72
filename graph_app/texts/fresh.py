"""Rows of what is new to the graph: a person, an institution, a place, an agreement, a topic, the text itself."""

from graph_app.editing.around import key_of
from graph_app.editing.rows import FormError, Tables, named
from graph_app.errors import N_, LoadError
from graph_app.text import is_rtl
from graph_app.texts.rows import TITLES, Told, called, dated, filled, persian, reference, took_part


def person(told: Told) -> Tables:
    """Return the rows of a new person, and of the post in which they are and the event in which they took part."""
    given = told.given
    persian(told)
    key = told.fresh("Person", given["title_en"])
    row = {"person_id": key, **called(given), **given.some("honorific_fa", "aliases_fa")}
    return {"people": [row], "positions": _held(told, key), **took_part(told, "person", key)}


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
    return [filled(row)]


def institution(told: Told) -> Tables:
    """Return the row of a new institution."""
    given = told.given
    persian(told)
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
    return {"institutions": [filled(row)]}


def place(told: Told) -> Tables:
    """Return the row of a new place."""
    given = told.given
    persian(told)
    within = told.key_in("within")
    row = {
        "place_id": told.fresh("Place", given["title_en"]),
        **called(given),
        "kind": given["kind"],
        "parent_place_id": within,
        "parent_basis": "text" if within else "",
        "aliases_fa": given["aliases_fa"],
    }
    return {"places": [filled(row)]}


def agreement(told: Told) -> Tables:
    """Return the rows of a new agreement, with the parties that were named."""
    given = told.given
    named(given)
    key = told.fresh("Agreement", given["title_en"])
    status = {"status": given["status"], "status_as_of": told.issued, "status_basis": "asserted"}
    row = {
        "agreement_id": key,
        **called(given, *TITLES),
        **given.some("kind", "term"),
        **(status if given["status"] else {}),
    }
    parties = [reference(told.node(field)) for field in ("first_party", "second_party") if given[field]]
    told_of = [{"agreement_id": key, "party_type": word, "party_id": id_, "role": "party"} for word, id_ in parties]
    return {"agreements": [filled(row)], "agreement_parties": told_of}


def topic(told: Told) -> Tables:
    """Return the rows of a new topic, and of the agreement whose subject it is."""
    persian(told)
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
        **called(given, *TITLES),
        **({"publisher_fa" if is_rtl(name) else "publisher_en": name} if name else {}),
        "publisher_id": key_of(publisher),
        **dated(given["date"]),
        **given.some("file", "url", "language"),
    }
    return {"sources": [filled(row)]}
