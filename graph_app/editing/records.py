"""What was recorded, by whom and why. Whether an edit stands is told by the run that wrote it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from graph_app.database import Database
from graph_app.database.tables import Edit, Load, LoadChange


@dataclass(frozen=True)
class Recorded:
    """An edit and the run that wrote it; ``undone_by`` is the run that took it back."""

    edit: Edit
    load: Load
    undone_by: Load | None = None

    @property
    def stands(self) -> bool:
        """Whether it was written and not taken back."""
        return self.load.state == "done"


class Records:
    """The edits in ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep(self, edit: Edit) -> None:
        """Keep ``edit``; the same again changes nothing but its plan."""
        with self.database.writing() as session:
            session.merge(edit)

    def of(self, entities: Collection[str], graph: str | None, most: int = 50) -> list[Recorded]:
        """Return the edits that changed one of ``entities`` or a tie of it, the newest first."""
        touched = or_(*(one.in_(entities) for one in (LoadChange.key, LoadChange.start, LoadChange.end)))
        mine = select(LoadChange.load).where(touched)
        asked = _written().where(Load.graph == graph, or_(Load.number.in_(mine), Edit.about.in_(entities)))
        return self._found(asked.order_by(Load.number.desc()).limit(most))

    def all(self, graph: str | None, most: int | None = None) -> list[Recorded]:
        """Return all edits in ``graph``, the newest first."""
        return self._found(_written().where(Load.graph == graph).order_by(Load.number.desc()).limit(most))

    def by_run(self, run: str) -> list[Recorded]:
        """Return the edit that ``run`` wrote, if it wrote one."""
        return self._found(_written().where(Load.run == run))

    def newest(self, graph: str | None) -> int:
        """Return the number of the last run in ``graph``."""
        with self.database.reading() as session:
            return session.scalar(select(func.max(Load.number)).where(Load.graph == graph)) or 0

    def since(self, number: int, entity: str, graph: str | None) -> list[Load]:
        """Return the runs after ``number`` that changed ``entity`` or a tie of it."""
        touched = or_(*(one == entity for one in (LoadChange.key, LoadChange.start, LoadChange.end)))
        mine = select(LoadChange.load).where(LoadChange.load > number, touched)
        with self.database.reading() as session:
            found = select(Load).where(Load.number.in_(mine), Load.graph == graph).order_by(Load.number)
            return list(session.scalars(found))

    def _found(self, asked: "Select[Edit, Load]") -> list[Recorded]:
        with self.database.reading() as session:
            pairs = [(edit, load) for edit, load in session.execute(asked)]
            runs = [load.run for _edit, load in pairs]
            undoing = session.scalars(select(Load).where(Load.undoes.in_(runs), Load.state == "done"))
            by_run = {load.undoes: load for load in undoing}
        return [Recorded(edit, load, by_run.get(load.run)) for edit, load in pairs]


def _written() -> "Select[Edit, Load]":
    return select(Edit, Load).join(Load, Load.plan == Edit.plan)
