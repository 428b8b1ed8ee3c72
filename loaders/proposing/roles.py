"""What the columns of an export are about, as the words of their headings tell."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from graph_app.text import fold, squash

_WORDS = Path(__file__).resolve().parent / "words.yaml"
_SECOND = {"city": "partner_city", "country": "partner_country", "party": "partner"}
_CITY_OF_AN_AGREEMENT = frozenset({"kind", "title", "signed_on", "term", "ends_on"})
UNKNOWN = ""


@cache
def _phrases() -> Mapping[str, str]:
    """Return the role that each phrase tells, by the phrase as it is folded."""
    content = yaml.load(_WORDS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    return {fold(phrase) or phrase: role for role, phrases in content.items() for phrase in phrases}


def role_of(heading: str) -> str:
    """Return what a column with ``heading`` is about; empty if its words do not tell.

    Examples
    --------
    >>> role_of("شهر خواهر‌خوانده"), role_of("Date of signature"), role_of("Shoe size")
    ('partner_city', 'signed_on', '')

    """
    said = fold(heading) or heading
    held = [phrase for phrase in _phrases() if _holds(said, phrase)]
    return _phrases()[max(held, key=len)] if held else UNKNOWN


def _holds(heading: str, phrase: str) -> bool:
    if squash(heading) == squash(phrase):
        return True
    return len(phrase) > 2 and f" {phrase} " in f" {heading} "  # noqa: PLR2004 - “no” and “id” stand in other words


def roles(headings: Sequence[str]) -> dict[str, str]:
    """Return the role of every heading; no role twice, for a second city or country is that of the partner."""
    found: dict[str, str] = {}
    for heading in headings:
        role = role_of(heading)
        role = _SECOND.get(role, UNKNOWN) if role in found.values() else role
        found[heading] = UNKNOWN if role in found.values() else role
    return _turned(found)


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
