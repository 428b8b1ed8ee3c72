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
        with self.database.writing() as session:
            _supersede(session, made)

    def undo(self, number: int, who: str) -> None:
        """Keep that a decision was taken back."""
        with self.database.writing() as session:
            _take_back(_one(session, number), who)

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


def begin(session: Session, load: Load, decided: Iterable[int], withdrawn: int | None) -> None:
    """Keep that ``load`` carries out the decisions ``decided``, and takes ``withdrawn`` back, however it ends.

    A run that is cut off is finished by the next one, and the decisions are about what it writes from then on.
    """
    for number in decided:
        made = _one(session, number)
        made.run = load.run
        _supersede(session, made)
    if withdrawn is not None:
        _take_back(_one(session, withdrawn), load.who, load.run)


def _supersede(session: Session, made: Decision) -> None:
    pair = (Decision.first == made.first, Decision.second == made.second)
    earlier = select(Decision).where(*pair, Decision.undone_at.is_(None), Decision.number < made.number)
    for older in session.scalars(earlier):
        _take_back(older, made.who)


def _take_back(taken: Decision, who: str, run: str | None = None) -> None:
    taken.undone_at, taken.undone_by, taken.undone_run = now(), who, run


def _one(session: Session, number: int) -> Decision:
    return session.get_one(Decision, number)
