"""Who may do what: five roles, each a set of rights. This table is the whole of it."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph_app.errors import N_


class Right(StrEnum):
    """One thing that one may be allowed to do."""

    READ = "read"  # see pages, pictures, sources; ask saved questions; take answers away
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

    def get_permissions(self) -> set[str]:
        """Return the names of the rights, as Flask-Security asks for them."""
        return set(self.rights)


def _role(name: str, title: str, *rights: Right) -> Role:
    return Role(name, title, frozenset(rights))


ROLES = MappingProxyType(
    {
        role.name: role
        for role in (
            _role("viewer", N_("Viewer"), Right.READ),
            _role("analyst", N_("Analyst"), Right.READ, Right.ASK),
            _role("editor", N_("Editor"), Right.READ, Right.ASK, Right.EDIT, Right.REVIEW),
            _role("loader", N_("Loader"), Right.READ, Right.ASK, Right.LOAD, Right.REVIEW),
            _role("administrator", N_("Administrator"), *Right),
        )
    }
)
