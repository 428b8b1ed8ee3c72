"""The acts of one agreement, settled: one word for each act, conflicts marked, sorted by what they do."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from graph_app.lifecycle.acts import (
    AUTO_RENEW,
    EFFECTIVE,
    ENDS,
    NOTICE,
    OPEN_ENDED,
    REVIEW,
    STATUS,
    TERM,
    Act,
    History,
    Moment,
)
from graph_app.lifecycle.parting import closing, leaving
from graph_app.lifecycle.settling import later_report, settled
from graph_app.lifecycle.terms import Term
from graph_app.vocabulary import Action, vocabulary

_NO_ACTION = Action(en="", fa="")


@dataclass(frozen=True)
class Stage:
    """A step before signature: the status that it reaches, since when, by which acts."""

    status: str
    position: Moment
    acts: tuple[Act, ...]
    back: bool = False

    @property
    def rank(self) -> int:
        """How far it is; a higher one is further."""
        return rank_of(self.status)


class Case:
    """What is known of one agreement, ready to be asked.

    Parameters
    ----------
    history
        All that is recorded.
    known_by
        Only what was reported by this day counts; an act whose report is not dated always does. None: everything.

    """

    def __init__(self, history: History, known_by: date | None = None) -> None:
        self.history = history
        self.known_by = known_by
        self.known = tuple(act for act in history.acts if self._is_known(act.reported_on))
        self.acts, self.conflicts = settled(self.known)

    def _is_known(self, day: date | None) -> bool:
        return self.known_by is None or day is None or day <= self.known_by

    def of_kind(self, kind: str) -> list[Act]:
        """Return the acts of ``kind``."""
        return [act for act in self.acts if act.kind == kind]

    def having(self, does: Callable[[Action], object]) -> list[Act]:
        """Return the acts whose kind does something."""
        return [act for act in self.acts if does(action(act))]

    @cached_property
    def closing(self) -> list[Act]:
        """The acts that end it, whatever else happens."""
        return closing(self.having(lambda one: one.final), self.members)

    @cached_property
    def switches(self) -> list[Act]:
        """Suspensions and resumptions."""
        return self.having(lambda one: one.effect in {"suspension", "resumption"})

    @cached_property
    def signatures(self) -> list[Act]:
        """Signatures: of one party, or of all."""
        return self.having(lambda one: one.effect == "signature")

    @cached_property
    def joining(self) -> list[Act]:
        """Accessions of one party each."""
        return [act for act in self.having(lambda one: one.effect == "accession") if act.party]

    @cached_property
    def extensions(self) -> list[Act]:
        """Extensions, in the order of their dates."""
        found = self.having(lambda one: one.effect == "extension")
        return sorted(found, key=lambda act: (act.position.latest, act.position.earliest, act.of))

    @cached_property
    def required(self) -> frozenset[str]:
        """Those who must sign, as far as recorded: parties, and whoever did sign for a party; not who joined later."""
        joined = {act.party for act in self.joining}
        found = (self.history.parties - joined) | {act.party for act in self.signatures if act.party}
        return found if len(found) > 1 else found | {name for name in joined if name}

    @cached_property
    def members(self) -> frozenset[str]:
        """All who are or were parties: those who must sign, and those who joined later."""
        return self.required | {act.party for act in self.joining if act.party}

    @cached_property
    def signed(self) -> Moment | None:
        """When the last required party signed, or left without signing; None if one is still missing."""
        return completed([*self.signatures, *self.joining, *leaving(self.acts)], self.required, least=2)

    @cached_property
    def stages(self) -> list[Stage]:
        """The steps before signature."""
        acts = self.having(lambda one: one.stage and one.effect != "approval")
        single = [Stage(str(action(act).stage), act.position, (act,), action(act).back) for act in acts]
        approvals = self.having(lambda one: one.effect == "approval")
        granted = completed(approvals, self.history.authorities, least=1)
        return [*single, Stage("approved", granted, tuple(approvals))] if granted else single

    @cached_property
    def assertions(self) -> list[Act]:
        """What sources say the status is."""
        return self.of_kind(STATUS)

    @cached_property
    def effective(self) -> Act | None:
        """From when it is in effect, if a source says so."""
        return self._property(EFFECTIVE)

    @cached_property
    def ends(self) -> Act | None:
        """When it ends, if a source says so."""
        return self._property(ENDS)

    @cached_property
    def term_act(self) -> Act | None:
        """How long it lasts, as a source says it."""
        return self._property(TERM)

    @property
    def term(self) -> Term | None:
        """How long it lasts."""
        return self.term_act.term if self.term_act else None

    @cached_property
    def auto_renew(self) -> bool:
        """Whether it renews itself: its own property says so, else its term."""
        said = self._property(AUTO_RENEW)
        return bool(said.value) if said else bool(self.term and self.term.kind == "automatic")

    @cached_property
    def open_ended(self) -> bool:
        """Whether it has no end by intention."""
        said = self._property(OPEN_ENDED)
        return bool(said.value) if said else bool(self.term and self.term.kind in {"open_ended", "until_notice"})

    @cached_property
    def reviews(self) -> list[Act]:
        """Steps and results of its review."""
        return [*self.of_kind(REVIEW), *self.having(lambda one: one.disposition)]

    def notice_days(self, default: int) -> int:
        """Return how many days before its end it is expiring."""
        said = self._property(NOTICE)
        return default if said is None or said.value is None else max(0, int(said.value))

    @cached_property
    def evidence(self) -> list[date]:
        """Days on which a source spoke of it or something was done, in order."""
        reports = {day for day in self.history.evidence if self._is_known(day)}
        reports |= {act.reported_on for act in self.known if act.reported_on}
        return sorted(reports | self._done(self.known))

    @cached_property
    def activity(self) -> list[date]:
        """Days on which something was done on it or about it, in order."""
        return sorted(self.history.activity | self._done(self.acts))

    def _done(self, acts: Iterable[Act]) -> set[date]:
        stated = (act for act in acts if act.when and (act.kind in vocabulary().acts or act.kind == STATUS))
        return {act.when.latest for act in stated if act.when}

    def _property(self, kind: str) -> Act | None:
        found = self.of_kind(kind)
        return max(found, key=later_report) if found else None


def action(act: Act) -> Action:
    """Return what the vocabulary says that ``act`` does; nothing for a property or an unknown kind."""
    return vocabulary().acts.get(act.kind, _NO_ACTION)


def rank_of(status: str) -> int:
    """Return how far a status is in the life of an agreement; a higher one is further."""
    return _ranks()[status]


@cache
def _ranks() -> dict[str, int]:
    return {status: rank for rank, status in enumerate(vocabulary().statuses)}


def completed(acts: Sequence[Act], required: Collection[str], *, least: int) -> Moment | None:
    """Return when the last of ``required`` acted, each by itself or by an act of all; None if one has not.

    With fewer than ``least`` known names, only an act of all completes it: the others are not known. Where the day is
    written in both calendars, it counts as a Jalali one.
    """
    every = [act.position for act in acts if act.party is None]
    if len(required) < least:
        return _first(every)
    firsts = [_first([*every, *(act.position for act in acts if act.party == name)]) for name in required]
    known = [moment for moment in firsts if moment]
    if len(known) < len(firsts):
        return None
    last = max(known, key=lambda moment: (moment.latest, moment.calendar == "jalali"))
    return Moment(max(moment.earliest for moment in known), last.latest, last.calendar)


def latest_possible(acts: Sequence[Act], day: date, order: Callable[[Act], object] = lambda act: act.of) -> list[Act]:
    """Return the acts that can be the latest one on ``day``; of several on one day the greater by ``order``."""
    started = [act for act in acts if act.position.possibly_by(day)]
    return [act for act in started if not any(_beats(other, act, day, order) for other in started)]


def _beats(other: Act, act: Act, day: date, order: Callable[[Act], object]) -> bool:
    """Return whether ``other`` is certainly done by ``day`` and certainly later than ``act``."""
    if other is act or not other.position.certainly_by(day):
        return False
    limit = min(act.position.latest, day)
    if other.position.earliest == limit:
        return (order(other), later_report(other), other.of) > (order(act), later_report(act), act.of)
    return other.position.earliest > limit


def _first(moments: Sequence[Moment]) -> Moment | None:
    if not moments:
        return None
    first = min(moments, key=lambda moment: (moment.latest, moment.calendar != "jalali"))
    return Moment(min(moment.earliest for moment in moments), first.latest, first.calendar)
