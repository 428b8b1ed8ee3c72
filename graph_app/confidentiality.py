"""How confidential something is, and what somebody may see: one scale for both."""

from enum import IntEnum

from graph_app.errors import N_


class Clearance(IntEnum):
    """A step of the scale. Who has one sees what is as confidential as that, or less."""

    PUBLIC = 0
    INTERNAL = 1
    RESTRICTED = 2

    @property
    def word(self) -> str:
        """How it is written in exports, mappings and the application database."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """The name for people, in English, marked for translation."""
        return _TITLES[self]

    @classmethod
    def of(cls, word: str) -> "Clearance":
        """Return the one that is written so. Raises KeyError if none is."""
        return _BY_WORD[word]


_TITLES = {
    Clearance.PUBLIC: N_("Public"),
    Clearance.INTERNAL: N_("Internal"),
    Clearance.RESTRICTED: N_("Restricted"),
}
_BY_WORD = {step.word: step for step in Clearance}
HIGHEST = max(Clearance)
