"""Classes of our own beside the words of the sources: how long an agreement lasts, and what sort of twinning it is.

A twinning is classed by three questions, whatever it is called: did the leaders of both sides sign, is there more than
one field of cooperation, did the assembly of the city approve. Each answer is a claim: yes, no, or not known.
"""

from collections.abc import Mapping
from typing import Literal

from graph_app.lifecycle.terms import Kind, read_term

SIGNED, FIELDS, APPROVED = CRITERIA = ("leaders_signed", "several_fields", "assembly_approved")
Class = Literal["full", "friendship", "contact", "open"]
Properties = Mapping[str, object]


def term_kind(properties: Properties, *, ends: bool = False) -> Kind:
    """Return how long an agreement with these properties lasts: its own switches say so, else its term, else its end.

    ``ends`` says that an end is known all the same, such as that of an extension.

    Examples
    --------
    >>> term_kind({"term": "until notice"}), term_kind({"term": "۲ سال", "auto_renew": True}), term_kind({})
    ('until_notice', 'automatic', 'unknown')

    """
    if properties.get("auto_renew"):
        return "automatic"
    if properties.get("open_ended"):
        return "open_ended"
    said = read_term(str(properties.get("term") or "")).kind
    if said == "automatic" and properties.get("auto_renew") is False:
        return "fixed"
    return "fixed" if said == "unknown" and (ends or "ends_on_written" in properties) else said


def is_twinning(properties: Properties) -> bool:
    """Return whether an agreement is called a twinning, or somebody answered one of the three questions about it."""
    called = str(properties.get("kind") or "").startswith("sister_city")
    return called or any(properties.get(name) for name in CRITERIA)


def twinning_class(properties: Properties) -> Class:
    """Return the class of a twinning: ``open`` as long as an answer that would decide is not known.

    Examples
    --------
    >>> twinning_class({"leaders_signed": "yes", "several_fields": "yes", "assembly_approved": "yes"})
    'full'
    >>> twinning_class({"leaders_signed": "yes", "several_fields": "no"}), twinning_class({"leaders_signed": "yes"})
    ('friendship', 'open')

    """
    signed, *others = (properties.get(name) for name in CRITERIA)
    if signed == "no":
        return "contact"
    if signed != "yes":
        return "open"
    if "no" in others:
        return "friendship"
    return "full" if set(others) == {"yes"} else "open"
