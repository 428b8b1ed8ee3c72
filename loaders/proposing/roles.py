"""What the columns of an export are about, as the words of their headings tell."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from graph_app import yaml_files
from graph_app.text import fold, squash

_WORDS = Path(__file__).resolve().parent / "words.yaml"
_SECOND = {"city": "partner_city", "country": "partner_country", "party": "partner"}
_CITY_OF_AN_AGREEMENT = frozenset({"kind", "title", "signed_on", "term", "ends_on"})
_NUMBERS, _NUMBER = frozenset({"id", "code"}), "شناسه"  # what the heading of a key ends or begins with
_MOST, _SHORT = 0.4, 2  # of a heading; letters of a phrase that can be a part of anything
UNKNOWN = ""


@cache
def _phrases() -> Mapping[str, str]:
    """Return the role that each phrase tells, by the phrase as it is folded."""
    content = yaml_files.read_texts(_WORDS)
    return {fold(phrase) or phrase: role for role, phrases in content.items() for phrase in phrases}


def role_of(heading: str) -> str:
    """Return what a column with ``heading`` is about; empty if its words do not tell.

    Examples
    --------
    >>> role_of("شهر خواهر‌خوانده"), role_of("Date of signature"), role_of("person_id"), role_of("Shoe size")
    ('partner_city', 'signed_on', 'key', '')

    """
    said = fold(heading) or heading
    if said.split()[-1] in _NUMBERS or said.split()[0] == _NUMBER:
        return _phrases().get(said, "key")
    held = [phrase for phrase in _phrases() if _holds(said, phrase)]
    return _phrases()[max(held, key=len)] if held else UNKNOWN


def _holds(heading: str, phrase: str) -> bool:
    """Return whether ``phrase`` is most of what ``heading`` says; short ones, such as “no”, must be all of it."""
    if squash(heading) == squash(phrase):
        return True
    most = len(phrase) >= _MOST * len(heading) and len(phrase) > _SHORT
    return most and f" {phrase} " in f" {heading} "


def roles(headings: Sequence[str]) -> dict[str, str]:
    """Return the role of every heading; no role twice, for a second city or country is that of the partner."""
    found: dict[str, str] = {}
    for heading in sorted(headings, key=_loosely):
        role = role_of(heading)
        role = _SECOND.get(role, UNKNOWN) if role in found.values() else role
        found[heading] = UNKNOWN if role in found.values() else role
    return _turned({heading: found[heading] for heading in headings})


def _loosely(heading: str) -> bool:
    """Return whether a heading has other words than those that tell its role; these come last."""
    return (fold(heading) or heading) not in _phrases()


def _turned(found: dict[str, str]) -> dict[str, str]:
    """Return roles in which the only country belongs to the partner, and so does the only city of agreements."""
    present = set(found.values())
    turns = {}
    if "city" in present and "partner_city" not in present and present & _CITY_OF_AN_AGREEMENT:
        turns["city"] = "partner_city"
    if "country" in present and "partner_country" not in present and ("partner_city" in present or turns):
        turns["country"] = "partner_country"
    if "country" in present and "partner_country" not in present and "partner" in present:
        turns["country"] = "partner_country"
    return {heading: turns.get(role, role) for heading, role in found.items()}
