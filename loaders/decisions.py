"""What people decided about pairs that may be one thing, kept in the application database and never deleted."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.tables import Decision, Load, now
from graph_app.errors import N_, LoadError
from loaders.aliases import followed

SAME, DIFFERENT, LATER = "same", "different", "later"


class Decisions:
    """The decisions in the application database ``database``; every call is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> list[Decision]:
        """Return all decisions, taken back or not, the newest first."""
        with self.database.reading() as session:
            return list(session.scalars(select(Decision).order_by(Decision.number.desc())))

    def standing(self) -> list[Decision]:
        """Return those that hold, the oldest first. One whose run was undone does not."""
        undone = select(Load.run).where(Load.state == "undone")
        asked = select(Decision).where(Decision.undone_at.is_(None))
        asked = asked.where(or_(Decision.run.is_(None), Decision.run.not_in(undone)))
        with self.database.reading() as session:
            return list(session.scalars(asked.order_by(Decision.number)))

    def merges(self) -> dict[str, str]:
        """Return merged id → the id that is kept, of the decisions that hold, a step at a time."""
        return {one.merged: one.kept for one in self.standing() if one.merged and one.kept}

    def number(self, number: int) -> Decision:
        """Return the decision with this number.

        Raises
        ------
        LoadError
            If there is none.

        """
        with self.database.reading() as session:
            found = session.get(Decision, number)
        if found is None:
            raise LoadError(N_("There is no decision %(number)s. See: peyvand load review decisions"), number=number)
        return found

    def keep(
        self, pair: Iterable[str], decision: str, *, why: str, who: str, evidence: Mapping[str, Any], kept: str | None
    ) -> Decision:
        """Keep a decision about ``pair``."""
        first, second = sorted(pair)
        with self.database.writing() as session:
            made = Decision(
                first=first, second=second, decision=decision, kept=kept, why=why, who=who, evidence=dict(evidence)
            )
            session.add(made)
            session.flush()
            return made

    def supersede(self, made: Decision) -> None:
        """Let what was decided before ``made`` about just its pair hold no longer."""
        pair = (Decision.first == made.first, Decision.second == made.second)
        earlier = select(Decision).where(*pair, Decision.undone_at.is_(None), Decision.number < made.number)
        with self.database.writing() as session:
            for older in session.scalars(earlier):
                older.undone_at, older.undone_by = now(), made.who

    def carried_out(self, numbers: Iterable[int], run: str) -> None:
        """Keep that ``run`` merged what these decisions are about."""
        with self.database.writing() as session:
            for number in numbers:
                _one(session, number).run = run

    def undo(self, number: int, who: str, run: str | None = None) -> None:
        """Keep that a decision was taken back, and by which run."""
        with self.database.writing() as session:
            taken = _one(session, number)
            taken.undone_at, taken.undone_by, taken.undone_run = now(), who, run

    def add(self, rows: Iterable[Mapping[str, Any]]) -> list[Decision]:
        """Keep decisions that were made elsewhere, all of them or none.

        Raises
        ------
        LoadError
            If they lead in a circle together with those that are known.

        """
        made = [Decision(**row) for row in rows]
        followed(self.merges() | {one.merged: one.kept for one in made if one.merged and one.kept})
        with self.database.writing() as session:
            session.add_all(made)
        return made


def _one(session: Session, number: int) -> Decision:
    return session.get_one(Decision, number)
