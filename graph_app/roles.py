"""Who may do what: five roles, each a set of rights. This table is the whole of it."""

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

    """

    name: str
    title: str
    rights: frozenset[Right]

    def seen_with(self, given: Clearance) -> Clearance:
        """Return what an account of this role sees that was ``given`` a clearance; who gives it to all sees all."""
        return HIGHEST if Right.ADMINISTER in self.rights else given

    def rights_with(self, given: Clearance) -> frozenset[Right]:
        """Return what an account of this role may do that was ``given`` a clearance.

        Who may not see everything reads, and does nothing else: what one corrects, loads or decides shows what is
        there, and so does what is told of loads and histories.
        """
        return self.rights if self.seen_with(given) == HIGHEST else self.rights & {Right.READ}

    @property
    def usual_clearance(self) -> Clearance:
        """What a new account of this role is given: nothing confidential, unless the role does more than read."""
        return Clearance.PUBLIC if self.rights <= {Right.READ, Right.WHOLE} else HIGHEST

    def get_permissions(self) -> set[str]:
        """Return the names of the rights, as Flask-Security asks for them."""
        return set(self.rights)


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
