"""Who may do what: five roles, each a set of rights and what it may see. This table is the whole of it."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph_app.confidentiality import HIGHEST, Clearance
from graph_app.errors import N_


class Right(StrEnum):
    """One thing that one may be allowed to do."""

    READ = "read"  # see pages, pictures, sources; ask saved questions; take answers away
    WHOLE = "whole"  # see what is told of all data: loads, edits, texts, histories, duplicates
    ASK = "ask"  # ask in free-hand Cypher, read-only
    EDIT = "edit"  # correct claims
    REVIEW = "review"  # decide about duplicates
    LOAD = "load"  # plan, apply and undo loads
    ADMINISTER = "administer"  # accounts


@dataclass(frozen=True)
class Role:
    """A named set of rights.

    Parameters
    ----------
    title
        The name for people, in English, marked for translation.
    clearance
        What who has the role may see of the graph.

    """

    name: str
    title: str
    rights: frozenset[Right]
    clearance: Clearance = HIGHEST

    @property
    def granted(self) -> frozenset[Right]:
        """The rights that the clearance leaves: who may not see everything reads, and does nothing else.

        What one corrects, loads or decides shows what is there, and so does what is told of loads and histories.
        """
        return self.rights if self.clearance == HIGHEST else self.rights & {Right.READ}

    def get_permissions(self) -> set[str]:
        """Return the names of the rights, as Flask-Security asks for them."""
        return set(self.granted)


def _role(name: str, title: str, *rights: Right) -> Role:
    return Role(name, title, frozenset(rights))


ROLES = MappingProxyType(
    {
        role.name: role
        for role in (
            _role("viewer", N_("Viewer"), Right.READ, Right.WHOLE),
            _role("analyst", N_("Analyst"), Right.READ, Right.WHOLE, Right.ASK),
            _role("editor", N_("Editor"), Right.READ, Right.WHOLE, Right.ASK, Right.EDIT, Right.REVIEW),
            _role("loader", N_("Loader"), Right.READ, Right.WHOLE, Right.ASK, Right.LOAD, Right.REVIEW),
            _role("administrator", N_("Administrator"), *Right),
        )
    }
)
