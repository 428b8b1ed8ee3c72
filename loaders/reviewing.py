"""A decision about two entities, checked, carried out in the graph, kept, and taken back."""

from dataclasses import dataclass, replace
from itertools import product

from graph_app.database.tables import Decision
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from loaders import merging, syncing
from loaders.aliases import Aliases, in_effect
from loaders.conflicts import conflicts
from loaders.decisions import DIFFERENT, SAME, Decisions
from loaders.duplicates.grounds import grounds_of
from loaders.duplicates.holdings import both, decisions, entities, some
from loaders.duplicates.matching import Candidate, Matcher
from loaders.duplicates.queue import Waiting, with_people
from loaders.ledger import Ledger
from loaders.promise import Promise
from loaders.running import Tell, perform

_SHOWN = 5


@dataclass(frozen=True)
class Choice:
    """What a person wants: the decision and the reason, and which of the two is kept if they are the same."""

    decision: str
    why: str = ""
    kept: str | None = None
    insists: bool = False


class CautionError(LoadError):
    """Something speaks so much against merging that a person has to insist."""


class Review:
    """The review of the graph of ``store``, kept beside ``ledger``."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self.store = store
        self.ledger = ledger
        self.decisions = Decisions(ledger.database)

    def pair(self, first: str, second: str) -> Waiting:
        """Return two entities compared, under the ids that the graph keeps, with all that was said about them.

        Raises
        ------
        NotFoundError
            If one of them is not in the graph.
        LoadError
            If they cannot be one thing, whatever their names: one already, or of two kinds.

        """
        merged = in_effect(self.store)
        known = list(entities(self.store))
        one, other = both(known, merged.get(first, first), merged.get(second, second))
        names = [name for entity in known if entity.label == "Place" for name in entity.names]
        candidate = Matcher((entity for entity in known if entity.label == one.label), names).compared(one, other)
        ids = frozenset((candidate.first.id, candidate.second.id))
        return self.with_people(Waiting(candidate, decisions(self.store).get(ids)))

    def with_people(self, one: Waiting) -> Waiting:
        """Return the pair with what people decided about it so far."""
        return with_people([one], self.decisions.standing(), in_effect(self.store))[0]

    def plan(self, one: Waiting, choice: Choice) -> Promise | None:
        """Return what the decision would change in the graph; None if nothing.

        Raises
        ------
        LoadError
            If it contradicts what was decided, or the graph has something that no source claims.
        CautionError
            If much speaks against merging and the person does not insist.

        """
        if choice.decision != SAME:
            return None
        self._refuse_contradiction(one)
        if one.needs_insistence and not choice.insists:
            message = N_("%(first)s and %(second)s are not merged just like that: look at what speaks against it.")
            hint = N_("If you know that they are one, insist.")
            raise CautionError(message, hint, first=one.candidate.first.id, second=one.candidate.second.id)
        kept = self._kept(one, choice)
        return self._untouched(merging.merging(self.store, {_other(one.candidate, kept): kept}))

    def decide(self, one: Waiting, choice: Choice, work: Promise | None, who: str, tell: Tell) -> Decision:
        """Keep the decision and carry it out: ``work`` is its plan.

        Errors as for ``plan`` and for ``running.perform``; then nothing is decided.
        """
        kept = self._kept(one, choice) if work else None
        pair = one.candidate
        made = self.decisions.keep(
            (pair.first.id, pair.second.id),
            choice.decision,
            why=choice.why.strip(),
            who=who,
            evidence=dict(map(grounds_of, (pair.first, pair.second))),
            kept=kept,
        )
        if work:
            self._carry_out([made], work, who, tell)
        else:
            self.decisions.supersede(made)
        return self.decisions.number(made.number)

    def standing(self, first: str, second: str) -> Decision:
        """Return the decision that holds about just this pair.

        Raises
        ------
        LoadError
            If there is none.

        """
        pair = frozenset((first, second))
        found = [one for one in self.decisions.standing() if one.pair == pair]
        if not found:
            message = N_("Nothing is decided about %(first)s and %(second)s. See: peyvand load review decisions")
            raise LoadError(message, first=first, second=second)
        return found[-1]

    def undo_plan(self, decision: Decision) -> Promise | None:
        """Return the plan that takes the merging of ``decision`` back; None if there is nothing to do in the graph.

        Raises
        ------
        LoadError
            If it is taken back already, or the graph has something that no source claims.

        """
        standing = self.decisions.standing()
        if decision.number not in {one.number for one in standing}:
            raise LoadError(N_("The decision %(number)s is taken back already."), number=decision.number)
        if not decision.merged or decision.merged not in in_effect(self.store):
            return None
        undoes = self._alone(decision)
        return self._untouched(merging.parting(self.store, decision.merged, self.decisions.merges(), undoes=undoes))

    def undo(self, decision: Decision, work: Promise | None, who: str, tell: Tell) -> None:
        """Take ``decision`` back; ``work`` is the plan that does so in the graph.

        Errors as for ``running.perform``; then it still holds.
        """
        if work:  # the decision is taken back when the run begins: one that is cut off then is finished by the next
            perform(self.store, self.ledger, replace(work, withdrawn=decision.number), who, tell)
            return
        self.decisions.undo(decision.number, who)
        graph = syncing.state(self.store).graph
        if decision.merged and graph:  # rows that speak of it may have been led elsewhere all the same
            self.ledger.doubt(graph)

    def waiting_merges(self) -> list[Decision]:
        """Return the decisions to merge that are not carried out though the graph holds both entities."""
        merged = in_effect(self.store)
        open_ = [one for one in self.decisions.standing() if one.merged and one.merged not in merged]
        there = {entity.id for entity in some(self.store, [id_ for one in open_ for id_ in one.pair])}
        return [one for one in open_ if one.pair <= there]

    def carry_out(self, chosen: list[Decision], who: str, tell: Tell) -> str:
        """Merge what was decided elsewhere, in one run, and return its id."""
        steps = {str(one.merged): str(one.kept) for one in chosen}
        return self._carry_out(chosen, self._untouched(merging.merging(self.store, steps)), who, tell)

    def _carry_out(self, made: list[Decision], work: Promise, who: str, tell: Tell) -> str:
        numbers = [one.number for one in made]
        try:
            return perform(self.store, self.ledger, replace(work, decided=tuple(numbers)), who, tell)
        except PeyvandError:
            for number in numbers:
                if self.decisions.number(number).run is None:  # refused before the run began
                    self.decisions.undo(number, who)
            raise

    def _untouched(self, work: Promise) -> Promise:
        """Return ``work``, or refuse it if it would take what a hand wrote for the word of a source."""
        if left := conflicts(self.ledger, work):
            message = N_("It was changed by hand since it was loaded: %(things)s. Load its files again first.")
            raise LoadError(message, things=", ".join(change.id for change in left[:_SHOWN]))
        return work

    def _alone(self, decision: Decision) -> str | None:
        """Return the run of ``decision`` if taking it back takes back just what that run did."""
        if not decision.run or sum(one.run == decision.run for one in self.decisions.all()) > 1:
            return None
        load = self.ledger.load(decision.run)
        here = load.graph == syncing.state(self.store).graph and load.state == "done"
        return decision.run if here and not self.ledger.later(load) else None

    def _kept(self, one: Waiting, choice: Choice) -> str:
        """Return the id that is kept: the one that was chosen, else the one of which more is said."""
        pair = one.candidate
        merged = in_effect(self.store)
        chosen = merged.get(choice.kept, choice.kept) if choice.kept else better_known(self.store, pair)
        if chosen not in {pair.first.id, pair.second.id}:
            raise LoadError(N_("Only one of the two can be kept; %(id)s is neither."), id=choice.kept)
        return str(chosen)

    def _refuse_contradiction(self, one: Waiting) -> None:
        """Refuse to merge what was kept apart under another id: a = b and a ≠ c forbid b = c."""
        merged = in_effect(self.store)
        first, second = (_members(entity.id, merged) for entity in (one.candidate.first, one.candidate.second))
        apart = {frozenset(pair) for pair in product(first, second)}
        direct = frozenset((one.candidate.first.id, one.candidate.second.id))
        for known in self.decisions.standing():
            if known.decision == DIFFERENT and known.pair in apart - {direct}:
                message = N_(
                    "%(who)s decided that %(first)s and %(second)s are two, and one of them is merged in here."
                )
                hint = N_("Take that decision back first: peyvand load review decide %(first)s %(second)s --undo")
                raise LoadError(message, hint, who=known.who, first=known.first, second=known.second)


def better_known(store: Store, pair: Candidate) -> str:
    """Return the id of the one of which more claims speak; the first by id if it is the same."""
    known = merging.weights(store, (pair.first.id, pair.second.id))
    return min((pair.first.id, pair.second.id), key=lambda id_: (-known.get(id_, 0), id_))


def _other(pair: Candidate, kept: str) -> str:
    return pair.second.id if kept == pair.first.id else pair.first.id


def _members(id_: str, merged: Aliases) -> set[str]:
    return {id_} | {one for one, kept in merged.items() if kept == id_}
