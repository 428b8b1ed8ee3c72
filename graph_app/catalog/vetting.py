"""All questions through the gate when the app starts, in the background: one that fails is refused, the others stay."""

import logging
from collections.abc import Iterable
from threading import Event, Thread

from graph_app.catalog.checking import inspect
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Question
from graph_app.errors import PeyvandError
from graph_app.graph.store import Store

_log = logging.getLogger("peyvand.questions")


class Vetting:
    """What the gate says to each question. Until it has spoken, a question may be asked: its author is trusted.

    A question whose file has changed since is another one, and is looked at when it is first asked.
    """

    def __init__(self) -> None:
        self.problems: dict[Question, PeyvandError] = {}
        self.done = Event()
        self._looked_at: set[Question] = set()

    def begin(self, store: Store, questions: Iterable[Question]) -> None:
        """Check ``questions`` in the background."""
        Thread(target=self.run, args=(store, tuple(questions)), name="vetting", daemon=True).start()

    def run(self, store: Store, questions: Iterable[Question]) -> None:
        """Check ``questions`` now. A server that is away says nothing of them."""
        for question in questions:
            if not self._look(store, question):
                break
        self.done.set()

    def refuse(self, store: Store, question: Question) -> None:
        """Raise the reason if ``question`` has failed.

        Raises
        ------
        QuestionFileError
            With file and line.

        """
        if self.done.is_set() and question not in self._looked_at:
            self._look(store, question)
            self._looked_at.add(question)  # a server that is busy is not asked again and again
        if problem := self.problems.get(question):
            raise problem

    def _look(self, store: Store, question: Question) -> bool:
        """Have the gate look at ``question``; return whether it could."""
        try:
            inspect(store, question)
        except QuestionFileError as error:
            self.problems[question] = error
            _log.error("the question %s is refused: %s", question.name, error)
        except PeyvandError as error:
            _log.warning("the questions could not be checked: %s", error)
            return False
        self._looked_at.add(question)
        return True
