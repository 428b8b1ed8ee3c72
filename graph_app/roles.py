"""Who may do what: five roles, each a set of rights. This table is the whole of it."""

from enum import StrEnum
from types import MappingProxyType

from flask_security import RoleMixin

from graph_app.errors import N_


class Right(StrEnum):
    """One thing that one may be allowed to do."""

    READ = "read"  # see pages, pictures, sources; ask saved questions; take answers away
    ASK = "ask"  # ask in free-hand Cypher, read-only
    EDIT = "edit"  # correct claims and keep reviews
    LOAD = "load"  # plan, apply and undo loads
    ADMINISTER = "administer"  # accounts


class Role(RoleMixin):
    """A named set of rights."""

    def __init__(self, name: str, title: str, *rights: Right) -> None:
        self.name = name
        self.title = title  # for people; marked for translation
        self.rights = frozenset(rights)

    def get_permissions(self) -> set[str]:
        """Return the names of the rights, as Flask-Security asks for them."""
        return set(self.rights)


ROLES = MappingProxyType(
    {
        role.name: role
        for role in (
            Role("viewer", N_("Viewer"), Right.READ),
            Role("analyst", N_("Analyst"), Right.READ, Right.ASK),
            Role("editor", N_("Editor"), Right.READ, Right.ASK, Right.EDIT),
            Role("loader", N_("Loader"), Right.READ, Right.ASK, Right.LOAD),
            Role("administrator", N_("Administrator"), *Right),
        )
    }
)
