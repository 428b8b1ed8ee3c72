"""Rows of new agreements, people, institutions and cities, and of corrections of those that there are."""

from collections.abc import Mapping
from typing import Any

from graph_app.editing.around import Around
from graph_app.editing.rows import FormError, Making, Row, Tables, act_row, named
from graph_app.errors import N_, LoadError
from graph_app.lifecycle.classes import CRITERIA
from graph_app.text import canonical

_TABLES = {
    "Agreement": ("agreements", "agreement_id"),
    "Person": ("people", "person_id"),
    "Institution": ("institutions", "institution_id"),
    "Place": ("places", "place_id"),
}
_NAMES = {"title_fa": "name_fa", "title_en": "name_en"}
_PARTIES = ("first_party", "second_party", "third_party")
_TOLD = ("kind", "reference_number", "effective_on", "ends_on", "term", "notice_days", "auto_renew", "open_ended")


def agreement(making: Making) -> Tables:
    """Return the rows of a new agreement with its parties and, if one is told, its first act."""
    given, key = making.given, f"{making.key}-agreement"
    named(given)
    parties = [one for name in _PARTIES if (one := given[name])]
    if not parties:
        raise FormError({"first_party": LoadError(N_("Name at least one party."))})
    names = given.some("title_fa", "title_en")
    acts = [act_row(making.key, key, given["act"], given["date"], names)] if given["act"] else []
    return {
        "agreements": [{"agreement_id": key, **names, **given.some("umbrella", "confidentiality", *_TOLD)}],
        "parties": [{"agreement_id": key, "party": one, "role": "party"} for one in dict.fromkeys(parties)],
        "acts": acts,
    }


def person(making: Making) -> Tables:
    """Return the row of a new person."""
    return _new(making, "Person", "honorific_fa", "aliases")


def institution(making: Making) -> Tables:
    """Return the row of a new institution."""
    return _new(making, "Institution", "kind", "based_in", "part_of", "aliases")


def city(making: Making) -> Tables:
    """Return the row of a new city."""
    tables = _new(making, "Place", "within", "lat", "lon", "aliases")
    return {"places": [{**row, "kind": "city"} for row in tables["places"]]}


def _new(making: Making, label: str, *told: str) -> Tables:
    table, id_ = _TABLES[label]
    named(making.given)
    names = {_NAMES[name]: text for name, text in making.given.some(*_NAMES).items()}
    return {table: [{id_: f"{making.key}-{label.lower()}", **names, **making.given.some(*told)}]}


def standing(subject: Around) -> dict[str, str]:
    """Return what an entity shows now, as it stands in the form that corrects it."""
    properties = subject.node.properties
    found = {field: properties.get(name) for field, name in _NAMES.items()}
    found |= {name: properties.get(f"{name}_written", properties.get(name)) for name in (*_TOLD, "honorific_fa")}
    return {name: _text(value) for name, value in found.items() if value is not None}


def answered(subject: Around) -> dict[str, str]:
    """Return how the questions about a twinning are answered now."""
    return {name: str(one) for name in CRITERIA if (one := subject.node.properties.get(name))}


def criteria(making: Making) -> Tables:
    """Return the row of the answers that were changed, believed above earlier ones; «not known» is an answer."""
    subject, given = making.subject, making.given
    before = answered(subject)
    if emptied := [name for name in CRITERIA if before.get(name) and not given[name]]:
        raise FormError(
            {name: LoadError(N_("Choose “not known” where nobody can say it any more.")) for name in emptied}
        )
    changed = {name: given[name] for name in CRITERIA if given[name] and given[name] != before.get(name)}
    if not changed:
        raise FormError({"": LoadError(N_("Nothing was changed in the form."))})
    return {"agreements": [{"agreement_id": subject.key, "rank": "preferred", **changed}]}


def correction(making: Making) -> Tables:
    """Return the row of what was changed in the form, believed above what others say.

    Raises
    ------
    FormError
        If nothing was changed, or something was emptied: that nobody says it cannot be said by one more claim.

    """
    subject, given = making.subject, making.given
    label = next(label for label in _TABLES if label in subject.node.labels)
    before = standing(subject)
    if emptied := [name for name in given.cells if before.get(name) and not given[name] and name in (*_NAMES, *_TOLD)]:
        message = N_("A value cannot be emptied here. Write what holds instead, or undo what said it.")
        raise FormError({name: LoadError(message) for name in emptied})
    own = [name for name in given.cells if name in (*_NAMES, *_TOLD, "honorific_fa", "aliases", *_LINKS)]
    changed = {name: given[name] for name in own if _differs(given[name], before.get(name, ""))}
    if not changed:
        raise FormError({"": LoadError(N_("Nothing was changed in the form."))})
    table, id_ = _TABLES[label]
    return {table: [{id_: subject.key, "rank": "preferred", **_renamed(changed, label)}]}


def level(making: Making) -> Tables:
    """Return the row that says how confidential a source or an agreement is, believed above what was said before."""
    subject, chosen = making.subject, making.given["confidentiality"]
    if chosen == str(subject.node.properties.get("confidentiality", "")):
        raise FormError({"": LoadError(N_("Nothing was changed in the form."))})
    table, id_ = ("agreements", "agreement_id") if "Agreement" in subject.node.labels else ("levels", "about")
    return {table: [{id_: subject.key, "rank": "preferred", "confidentiality": chosen}]}


def levelled(subject: Around) -> dict[str, str]:
    """Return how confidential it is said to be now."""
    return {"confidentiality": str(subject.node.properties.get("confidentiality", ""))}


_LINKS = ("based_in", "part_of", "within", "umbrella", "lat", "lon")


def _renamed(changed: Mapping[str, str], label: str) -> Row:
    names = {} if label == "Agreement" else _NAMES
    return {names.get(name, name): text for name, text in changed.items()}


def _differs(text: str, before: str) -> bool:
    return bool(text) and canonical(text) != canonical(before)


def _text(value: Any) -> str:  # noqa: ANN401 - any property
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
