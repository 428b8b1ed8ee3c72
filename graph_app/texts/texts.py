"""The texts that are kept, each of one source in one graph; none twice."""

import hashlib

from sqlalchemy import delete, select

from graph_app.database import Database
from graph_app.database.tables import KeptText
from graph_app.errors import N_, LoadError, NotFoundError
from graph_app.text import squash


class KnownTextError(LoadError):
    """A text is here already: as ``text``."""

    def __init__(self, text: KeptText) -> None:
        super().__init__(N_("This text is here already. Nothing was kept twice."))
        self.text = text


def digest(content: str) -> str:
    """Return what is equal for texts of the same letters: SHA-256 over them, without spaces and kinds of letters.

    The same article as an editor's file, as a page and as pasted differs in its spaces, its half-spaces and in ي and ی.
    """
    return hashlib.sha256(squash(content).encode()).hexdigest()


class Texts:
    """The texts in ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self, graph: str | None) -> list[KeptText]:
        """Return the texts of ``graph``, the newest first."""
        asked = select(KeptText).where(KeptText.graph == graph).order_by(KeptText.number.desc())
        with self.database.reading() as session:
            return list(session.scalars(asked))

    def find(self, graph: str | None, source: str) -> KeptText | None:
        """Return the text of the source with the key ``source``, if it is kept."""
        asked = select(KeptText).where(KeptText.graph == graph, KeptText.source == source)
        with self.database.reading() as session:
            return session.scalar(asked)

    def get(self, graph: str | None, source: str) -> KeptText:
        """Return the text of the source with the key ``source``.

        Raises
        ------
        NotFoundError
            If none is kept.

        """
        found = self.find(graph, source)
        if found is None:
            raise NotFoundError(N_("No text of the source “%(id)s” is kept here."), id=source)
        return found

    def refuse_known(self, graph: str | None, content: str) -> None:
        """Refuse a text that is kept already.

        Raises
        ------
        KnownTextError
            If it is.

        """
        asked = select(KeptText).where(KeptText.graph == graph, KeptText.sha256 == digest(content))
        with self.database.reading() as session:
            if found := session.scalars(asked).first():
                raise KnownTextError(found)

    def keep(self, graph: str, source: str, content: str, who: str, run: str | None = None) -> None:
        """Keep ``content`` as the text of ``source``."""
        kept = KeptText(graph=graph, source=source, content=content, sha256=digest(content), who=who, run=run)
        with self.database.writing() as session:
            session.add(kept)

    def forget(self, text: KeptText) -> None:
        """Forget ``text``."""
        with self.database.writing() as session:
            session.execute(delete(KeptText).where(KeptText.number == text.number))
