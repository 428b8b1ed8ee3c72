"""How confidential something is, and what somebody may see: one scale for both."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any


class Clearance(IntEnum):
    """A step of the scale. Who has one sees what is as confidential as that, or less."""

    PUBLIC = 0
    INTERNAL = 1
    RESTRICTED = 2

    @property
    def word(self) -> str:
        """How it is written."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> "Clearance":
        """Return the step that is written so. Raises KeyError if there is none."""
        return cls[word.upper()]


HIGHEST = max(Clearance)
CONFIDENTIAL = tuple(one.word for one in Clearance if one > Clearance.PUBLIC)  # as sources and agreements say it
SECRECY = "secrecy"  # the property of a node or tie that is not for everybody: the number of its step


def said_of(properties: Mapping[str, Any]) -> bool:
    """Return whether something says of itself that it is not for everybody."""
    return properties.get("confidentiality") in CONFIDENTIAL
