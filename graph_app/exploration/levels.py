"""How confidential it is what somebody takes away, and how a file says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph_app.confidentiality import SECRECY, Clearance
from graph_app.graph.results import Node, Subgraph, Table, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import Word, vocabulary

NAME = Word(en="Confidentiality", fa="محرمانگی")
_AT_MOST = Word(en="%(level)s at most", fa="حداکثر %(level)s")


@dataclass(frozen=True)
class Level:
    """A step: that of what is held or, if that is not known (``exact``), the highest that it can be."""

    step: Clearance
    exact: bool

    def in_language(self, language: str) -> str:
        """Return it in words."""
        word = vocabulary().confidentialities[self.step.word].in_language(language)
        return word if self.exact else _AT_MOST.in_language(language) % {"level": word}

    def line(self, language: str) -> str:
        """Return the line that stands on paper."""
        return f"{NAME.in_language(language)}: {self.in_language(language)}"

    @property
    def short(self) -> str:
        """How names of files and programs say it."""
        return self.step.word if self.exact else f"{self.step.word}-at-most"


def most(store: Store) -> Level | None:
    """Return how confidential that can be what the reader of ``store`` is shown; None if all of it is public."""
    if store.clearance == Clearance.PUBLIC:
        return None
    row = next(iter(store.table(statement("most_confidential"))), None)
    return at_most(Clearance(row["level"] or 0)) if row else None


def at_most(step: Clearance) -> Level | None:
    """Return the level of what can be as confidential as ``step``; None if that is public."""
    return Level(step, exact=False) if step else None


def of_things(highest: Level | None, things: Iterable[Node | Tie]) -> Level | None:
    """Return how confidential the most confidential of ``things`` is; None if they and all there is are public.

    Parameters
    ----------
    highest
        How confidential that can be what their reader is shown; see ``most``.
    things
        What the reader takes away.

    """
    steps = (Clearance(one.properties.get(SECRECY) or 0) for one in things)
    step = max(steps, default=Clearance.PUBLIC)
    return Level(step, exact=True) if highest or step else None


def of_answer(highest: Level | None, result: Table | Subgraph) -> Level | None:
    """Return how confidential an answer is. Rows do not say from where their values are: they may be from anywhere.

    Parameters
    ----------
    highest
        As for ``of_things``.
    result
        The answer.

    """
    if isinstance(result, Subgraph):
        return of_things(highest, (*result.nodes, *result.ties))
    return highest
