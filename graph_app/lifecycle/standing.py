"""The status of an agreement on one day: the rules in their order, each certain, possible or not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph_app.lifecycle.acts import Act
from graph_app.lifecycle.case import Case, Stage, action, latest_possible, rank_of
from graph_app.lifecycle.flags import disposition_on, flags_on, implementation_on, last_evidence
from graph_app.lifecycle.rules import Rules
from graph_app.lifecycle.validity import Option, valid_options

UNDECIDED = "undecided"
Answer = tuple[list[Option], bool]


@dataclass(frozen=True)
class Standing:
    """How an agreement stands on a day.

    Parameters
    ----------
    status
        A status of the vocabulary; ``undecided`` where dates are too incomplete to tell.
    rule
        Why: a reason of the vocabulary.
    acts
        Ids of what is behind it: events, signatories, successors, ``property:<name>`` of the agreement.
    flags
        Flags of the vocabulary, in its order.
    candidates
        The statuses that are possible where it is undecided; else empty.
    disposition, implementation
        The two other axes.
    next_end
        The last valid day, if one is known to the day and lies ahead.
    renewals, amendments
        How often it was extended or rolled forward, and amended.
    last_evidence
        Before signature: the day of the last word about it.

    """

    status: str
    rule: str
    acts: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    disposition: str = "none"
    implementation: str = "not_applicable"
    next_end: date | None = None
    renewals: int = 0
    amendments: int = 0
    last_evidence: date | None = None


def standing_on(case: Case, day: date, rules: Rules) -> Standing:
    """Return how ``case`` stands on ``day``. Every case has a standing on every day."""
    options = _options(case, day, rules)
    candidates = sorted({option.status for option in options}, key=rank_of)
    first = options[0]
    undecided = len(candidates) > 1
    ends = {option.end for option in options}
    end = ends.pop() if len(ends) == 1 else None
    disposition = disposition_on(case, day)
    return Standing(
        status=UNDECIDED if undecided else first.status,
        rule="straddles" if undecided else first.rule,
        acts=_names(options),
        flags=flags_on(case, day, rules, options, disposition),
        candidates=tuple(candidates) if undecided else (),
        disposition=disposition,
        implementation=implementation_on(case, day, rules, options),
        next_end=end if end and end >= day else None,
        renewals=first.renewals,
        amendments=sum(act.position.certainly_by(day) for act in case.having(lambda one: one.effect == "amendment")),
        last_evidence=last_evidence(case, day, options),
    )


def _names(options: Iterable[Option]) -> tuple[str, ...]:
    """Return the ids of the acts behind ``options``, by date, each once."""
    acts = {act for option in options for act in option.acts}
    ordered = sorted(acts, key=lambda act: (act.position.latest, act.position.earliest, act.of))
    return tuple(dict.fromkeys(act.of for act in ordered))


def _options(case: Case, day: date, rules: Rules) -> list[Option]:
    """Return what the rules find, in their order, up to the first that is certain."""
    found: list[Option] = []
    asked: Sequence[Callable[[], Answer]] = (
        lambda: _closed(case, day),
        lambda: _halted(case, day),
        lambda: _signed(case, day, rules),
        lambda: _partly_signed(case, day),
        lambda: _on_the_way(case, day),
        lambda: _reported(case, day),
    )
    for ask in asked:
        options, certain = ask()
        found += options
        if certain:
            return found
    return [*found, Option("none", "unrecorded")]


def _closed(case: Case, day: date) -> Answer:
    """Rule 1: a closing act or a successor; the latest wins."""
    possible = latest_possible(case.closing, day, lambda act: rank_of(str(action(act).final)))
    options = [Option(str(action(act).final), _how_closed(act), (act,)) for act in possible]
    return options, _any_done(case.closing, day)


def _how_closed(act: Act) -> str:
    return "succeeded" if act.of.startswith("agreement:") else "closed"


def _halted(case: Case, day: date) -> Answer:
    """Rule 2: suspended, and not resumed later."""
    possible = latest_possible(case.switches, day, _is_suspension)
    options = [Option("suspended", "halted", (act,)) for act in possible if _is_suspension(act)]
    return options, len(options) == len(possible) > 0 and _any_done(case.switches, day)


def _is_suspension(act: Act) -> bool:
    return action(act).effect == "suspension"


def _signed(case: Case, day: date, rules: Rules) -> Answer:
    """Rule 3: all required parties signed; then its dates say what it is."""
    if not case.signed or not case.signed.possibly_by(day):
        return [], False
    return list(valid_options(case, day, rules)), case.signed.certainly_by(day)


def _partly_signed(case: Case, day: date) -> Answer:
    """Rule 4: some parties signed, and it is possible that another has not."""
    begun = [act for act in case.signatures if act.party and act.position.possibly_by(day)]
    partly = tuple(act for act in begun if _others_may_be_missing(case, act, day))
    options = [Option("partly_signed", "some_signed", partly)] if partly else []
    return options, _any_done(case.signatures, day)


def _others_may_be_missing(case: Case, act: Act, day: date) -> bool:
    others = case.required - {act.party}
    return not others or any(not _certainly_signed(case, name, day) for name in others)


def _certainly_signed(case: Case, name: str | None, day: date) -> bool:
    return _any_done([act for act in case.signatures if act.party in {None, name}], day)


def _on_the_way(case: Case, day: date) -> Answer:
    """Rule 5: the furthest step before signature; a later step back wins by date."""
    backs = [stage for stage in case.stages if stage.back]
    possible: list[Stage | None] = list(_latest_backs(backs, day))
    if not any(stage.position.certainly_by(day) for stage in backs):
        possible.append(None)
    options = [option for back in possible for option in _steps_since(case.stages, back, day)]
    return options, any(stage.position.certainly_by(day) for stage in case.stages)


def _latest_backs(backs: Sequence[Stage], day: date) -> list[Stage]:
    by_act = {stage.acts[0]: stage for stage in backs}
    return [by_act[act] for act in latest_possible(list(by_act), day, lambda act: by_act[act].rank)]


def _steps_since(stages: Iterable[Stage], back: Stage | None, day: date) -> list[Option]:
    """Return the furthest steps that are possible after ``back``: none lower than one that is certain."""
    forward = [stage for stage in stages if not stage.back and stage.position.possibly_by(day)]
    if back:
        forward = [stage for stage in forward if stage.position.latest > back.position.earliest]
    certain = [stage.rank for stage in forward if _certainly_since(stage, back, day)]
    floor = max([*certain, back.rank if back else -1])
    options = [
        Option(stage.status, "stepped_back" if back else "furthest", stage.acts)
        for stage in forward
        if stage.rank >= floor and not (back and stage.rank == back.rank)
    ]
    return [Option(back.status, "stepped_back", back.acts), *options] if back and back.rank == floor else options


def _certainly_since(stage: Stage, back: Stage | None, day: date) -> bool:
    later = back is None or stage.position.earliest > min(back.position.latest, day)
    return stage.position.certainly_by(day) and later


def _reported(case: Case, day: date) -> Answer:
    """Rule 6: no dated act; what a source says of its status, as of the day it says so."""
    possible = latest_possible(case.assertions, day, lambda act: act.reported_on or date.min)
    return [Option(str(act.value), "reported", (act,)) for act in possible], _any_done(case.assertions, day)


def _any_done(acts: Iterable[Act], day: date) -> bool:
    return any(act.position.certainly_by(day) for act in acts)
