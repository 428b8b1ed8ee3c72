"""Who may still be told of what they watch: people whose account stands and whose role reads."""

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from graph_app.confidentiality import HIGHEST, Clearance
from graph_app.database import Database
from graph_app.roles import ROLES, Right
from graph_app.watches.changes import Change


def reads(owner: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Return the condition that the owner in a column may read now.

    What was made before there were accounts belongs to nobody once there are some, and nobody is told of it.
    """
    from graph_app.database.tables import User  # noqa: PLC0415 - with Flask-Security, which a load does without

    roles = [role.name for role in ROLES.values() if Right.READ in role.rights]
    theirs = select(User.id).where(User.active, User.role.in_(roles))
    return or_(owner.in_(theirs), and_(owner.is_(None), ~exists(select(User.id))))


def clearances(database: Database) -> dict[int | None, Clearance]:
    """Return what each account may see, by its number; who sat at this machine before there were accounts, all."""
    from graph_app.database.tables import User  # noqa: PLC0415 - as above

    with database.reading() as session:
        found = session.execute(select(User.id, User.role, User.clearance)).all()
    return {None: HIGHEST, **{number: ROLES[role].seen_with(Clearance(given)) for number, role, given in found}}


def told_to(clearance: Clearance, found: list[Change]) -> list[Change]:
    """Return those changes that are told to a reader: what is gone, or was otherwise, may be confidential now."""
    return found if clearance == HIGHEST else [one for one in found if one.kind == "new"]
