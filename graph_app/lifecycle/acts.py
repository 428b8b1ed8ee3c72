"""What sources record of an agreement, as values: dated acts, dates of its text, its term, words about its status."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from graph_app.dates import Calendar
from graph_app.lifecycle.terms import Term

# Acts that are not events but properties of the agreement bear the name of the property.
STATUS: Final = "status"
EFFECTIVE: Final = "effective_on"
ENDS: Final = "ends_on"
TERM: Final = "term"
NOTICE: Final = "notice_days"
AUTO_RENEW: Final = "auto_renew"
OPEN_ENDED: Final = "open_ended"
REVIEW: Final = "review_disposition"


@dataclass(frozen=True)
class Moment:
    """The first and the last day that a date can mean, and the calendar in which it was written."""

    earliest: date
    latest: date
    calendar: Calendar = "gregorian"

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.earliest == self.latest

    def certainly_by(self, day: date) -> bool:
        """Return whether it has come on ``day``, whichever day it means."""
        return self.latest <= day

    def possibly_by(self, day: date) -> bool:
        """Return whether it may have come on ``day``."""
        return self.earliest <= day


def on(day: date, calendar: Calendar = "gregorian") -> Moment:
    """Return the moment that is exactly ``day``."""
    return Moment(day, day, calendar)


@dataclass(frozen=True)
class Act:
    """One thing that one source records of an agreement.

    Parameters
    ----------
    kind
        An act of the vocabulary (``signed``, ``extended``, …) or the name of a property of the agreement.
    of
        Id of what records it: an event, a signatory, a successor, or ``property:<name>``. Acts of the same kind, party
        and ``of`` are one act, of which several sources may speak.
    when
        Its date; None if the source gives none, or none with a year.
    written
        The date as written, if it is incomplete.
    party
        Id of the party or authority that acts alone; None: all that are needed.
    value
        What a property says: a status, a disposition, a number of days, yes or no.
    until, term
        New end, or how much longer, of an extension; ``term`` is also the value of the term of the agreement.
    text
        The hash of the text that it speaks of: the copy that a party holds, or the one that it approved or signed.
    source, reported_on, certainty
        Who says so, since when, how surely.

    """

    kind: str
    of: str
    when: Moment | None = None
    written: str | None = None
    party: str | None = None
    value: str | int | bool | None = None
    until: Moment | None = None
    term: Term | None = None
    text: str | None = None
    source: str = ""
    reported_on: date | None = None
    certainty: str = "stated"

    @property
    def incomplete(self) -> bool:
        """Whether its date was written, but not to the day."""
        moments = [moment for moment in (self.when, self.until) if moment]
        return any(not moment.exact for moment in moments) or (self.written is not None and self.when is None)

    @property
    def position(self) -> Moment:
        """When it counts from: its date, else the day it was reported, else always."""
        if self.when:
            return self.when
        return on(self.reported_on or date.min)


@dataclass(frozen=True)
class History:
    """All that is recorded of one agreement.

    Parameters
    ----------
    acts
        In any order.
    parties
        Ids of those who must sign.
    authorities
        Ids of those who must approve.
    evidence
        Days on which a source spoke of it.
    activity
        Days of events about it that are no acts on it.
    active_body
        Whether a body under it is active.

    """

    id: str
    acts: tuple[Act, ...] = ()
    parties: frozenset[str] = frozenset()
    authorities: frozenset[str] = frozenset()
    evidence: frozenset[date] = field(default=frozenset())
    activity: frozenset[date] = field(default=frozenset())
    active_body: bool = False


def plus(day: date, days: int) -> date:
    """Return ``day`` moved by ``days``, but never beyond the days that a calendar has."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
