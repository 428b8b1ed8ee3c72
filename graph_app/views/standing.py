"""How measures and communities are told: in sentences, with how far one can rely on them."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from graph_app.analysis.findings import Finding, Findings
from graph_app.analysis.measures import Standing
from graph_app.arrangement import sizes
from graph_app.arrangement.words import decimal, listed, number, share
from graph_app.picture import name_of
from graph_app.text import isolate
from graph_app.views import language


def words(told: Findings) -> dict[str, Any]:
    """Return what the template says: headings, what each measure means, sentences and cells."""
    return {
        "heads": _heads(),
        "meanings": _meanings(),
        "sentence": lambda finding: _sentence(told, finding),
        "steady": lambda finding: _steady(told, finding),
        "cell": lambda finding, row: _cell(told.how, finding, row.at),
        "ranks": _ranks,
        "named": lambda id_: name_of(told.names[id_], language()),
        "caveats": _caveats(told),
        "divided": _divided(told),
    }


def _heads() -> dict[str, str]:
    return {
        "degree": _("Tied to the most"),
        "betweenness": _("Between the most"),
        "closeness": _("Nearest to all"),
    }


def _meanings() -> dict[str, str]:
    return {
        "degree": _("With how many others it is tied; several ties between two count once."),
        "betweenness": _(
            "Of the shortest paths between any two others, the share that goes through it. Where several paths are "
            "equally short, each counts in part. Who is between many can introduce them to each other, or keep "
            "them apart."
        ),
        "closeness": _(
            "How many ties a shortest path to the others has on average. Ranks also count how many it reaches at all."
        ),
    }


def _sentence(told: Findings, finding: Finding) -> str:
    if told.how is None:
        return ""
    said: dict[str, Callable[..., str]] = {"degree": _degree, "betweenness": _betweenness, "closeness": _closeness}
    names = listed((isolate(name_of(told.names[id_], language())) for id_ in finding.first), language())
    return said[finding.measure](told.how, finding.rows[0].at, names, len(finding.first) > 1)


def _degree(how: Standing, at: int, names: str, several: bool) -> str:  # noqa: FBT001 - one of two sentences
    values = {"names": names, "count": _number(int(how.degree[at])), "all": _number(len(how.names) - 1)}
    one: str = _("%(names)s is tied to the most others: to %(count)s of %(all)s.", **values)
    many: str = _("%(names)s are tied to the most others: to %(count)s of %(all)s each.", **values)
    return many if several else one


def _betweenness(how: Standing, at: int, names: str, several: bool) -> str:  # noqa: FBT001
    values = {"names": names, "share": share(float(how.betweenness[at]), language())}
    none: str = _("Nobody stands between two others here.")
    one: str = _(
        "%(names)s stands between the most others: %(share)s of the shortest paths within this picture go through it.",
        **values,
    )
    many: str = _(
        "%(names)s stand between the most others: %(share)s of the shortest paths within this picture go through "
        "each of them.",
        **values,
    )
    return none if not how.betweenness[at] else many if several else one


def _closeness(how: Standing, at: int, names: str, several: bool) -> str:  # noqa: FBT001
    steps, reached = decimal(float(how.steps[at]), language()), _number(int(how.reached[at]))
    values = {"names": names, "steps": steps, "reached": reached}
    one: str = _(
        "%(names)s is nearest to the others: %(steps)s steps on average to the %(reached)s that it reaches.", **values
    )
    many: str = _(
        "%(names)s are nearest to the others: %(steps)s steps on average to the %(reached)s that each reaches.",
        **values,
    )
    return many if several else one


def _steady(told: Findings, finding: Finding) -> str:
    """Return how steady it is that the first is the first."""
    values = {"times": _number(round(finding.steady * told.rounds)), "rounds": _number(told.rounds)}
    one: str = _("If one tie in ten is left out by lot, it is still first in %(times)s of %(rounds)s tries.", **values)
    many: str = _("One tie more or less would decide between them.")
    return many if len(finding.first) > 1 else one


def _cell(how: Standing | None, finding: Finding, at: int) -> str:
    return sizes.said(how, finding.measure, at, language()) if how else ""


def _ranks(low: int, high: int) -> str:
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _caveats(told: Findings) -> list[str]:
    """Return what the numbers do not know."""
    nodes, pairs = _number(len(told.names)), _number(told.pairs)
    found = [_("Only of what is drawn: %(nodes)s entities, %(pairs)s pairs of them tied.", nodes=nodes, pairs=pairs)]
    told_of = {
        _("%(count)s of them have neighbours that are not drawn: expanding changes numbers and ranks."): told.open,
        _("%(count)s ties of unknown date are left in."): told.undated,
        _("%(count)s ties are reported or inferred, not stated; they count like the others."): told.unsure,
    }
    found += [text % {"count": _number(count)} for text, count in told_of.items() if count]
    found.append(_("A tie says that somebody wrote of it. Who is written about more has more ties."))
    return found


def _divided(told: Findings) -> list[str]:
    if not told.division or not told.communities:
        return []
    one = told.division
    values = {"inside": share(one.inside, language()), "chance": share(one.by_chance, language())}
    found = [
        _("%(inside)s of the tied pairs are within one community; by chance it would be %(chance)s.", **values),
        _(
            "In ten other runs, %(share)s of the pairs of one community stay together.",
            share=share(one.steady, language()),
        ),
    ]
    if one.inside - one.by_chance < _CLEAR:
        found.append(_("So the picture hardly falls into communities: do not rely on them."))
    return found


_CLEAR = 0.3  # share above chance from which a division is worth speaking of


def _number(value: int) -> str:
    return number(value, language())
