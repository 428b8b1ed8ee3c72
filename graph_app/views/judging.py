"""What a plan comes to, for who decides: the numbers that a guard wants accepted, and what follows from it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from graph_app.errors import N_
from graph_app.loading.planned import Block, Promise, numbers, told
from graph_app.text import isolate
from graph_app.views import filters, language
from graph_app.vocabulary import vocabulary

_ACCEPTS = {
    "removals": N_("I have looked at it: %(count)s absent rows are right"),
    "rejects": N_("I have looked at it: %(count)s rejected rows are right"),
    "updates": N_("I have looked at it: %(count)s changed rows are right"),
    "rows": N_("I have looked at it: %(count)s rows are right"),
}
_TWINNINGS = {
    "made": N_("Sister cities: %(start)s and %(end)s, by %(agreement)s"),
    "changed": N_("Sister cities with other dates: %(start)s and %(end)s, by %(agreement)s"),
    "ended": N_("No longer sister cities: %(start)s and %(end)s, by %(agreement)s"),
}


@dataclass(frozen=True)
class Accepting:
    """One number that must be accepted before a plan is written: the guard, what it found, and the sentence to tick."""

    guard: str
    number: int
    reasons: tuple[str, ...]
    sentence: str


def accepting(work: Promise) -> list[Accepting]:
    """Return what a person must accept before ``work`` can be written; nothing if no guard stops it."""
    found = []
    for guard, number in numbers(work.plan).items():
        reasons = tuple(_reason(block) for block in work.plan.blocks if block.guard == guard)
        sentence = str(_(_ACCEPTS[guard])) % {"count": filters.number(number)}
        found.append(Accepting(guard, number, reasons, sentence))
    return found


def following(follows: Mapping[str, Any]) -> list[str]:
    """Return what follows from a plan, one sentence each."""
    if not follows["known"]:
        return [str(_("The plan is too large to foretell it; the load derives it."))]
    return list(_followed(follows))


def _followed(follows: Mapping[str, Any]) -> Iterator[str]:
    for one in follows["twinnings"]:
        message = _TWINNINGS[one["change"]]
        yield str(_(message)) % {part: isolate(one[part]) for part in ("start", "end", "agreement")}
    turns = Counter((one["before"], one["after"]) for one in follows["statuses"] if one["before"] != one["after"])
    for (before, after), count in turns.items():
        values = {"count": filters.number(count), "before": _status(before), "after": _status(after)}
        yield str(_("Agreements whose status turns from %(before)s to %(after)s: %(count)s")) % values
    if alike := sum(one["before"] == one["after"] for one in follows["statuses"]):
        message = _("Agreements with the same status today and another history: %(count)s")
        yield str(message) % {"count": filters.number(alike)}


def _reason(block: Block) -> str:
    return told(block).translated(_)


def _status(name: str | None) -> str:
    return "–" if name is None else vocabulary().statuses[name].in_language(language())
