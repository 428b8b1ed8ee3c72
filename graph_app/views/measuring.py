"""How the measures of a panorama are told: in sentences, with how far one can rely on them."""

from typing import Any

from flask_babel import gettext as _

from graph_app.analysis.large import MEASURES, Large
from graph_app.arrangement.words import number, share
from graph_app.exploration.panorama import Panorama
from graph_app.text import persian_digits
from graph_app.views import language


def words(found: Panorama, told: Large) -> dict[str, Any]:
    """Return what the template says: a heading, a meaning and rows for each measure, and sentences about the whole."""
    return {
        "nodes": found.nodes,
        "told": told,
        "sections": [_section(told, measure) for measure in MEASURES],
        "caveats": _caveats(found, told),
        "divided": _divided(told),
        "bridged": _bridged(told),
    }


def _section(told: Large, measure: str) -> dict[str, Any]:
    heads = {
        "degree": _("Tied to the most"),
        "betweenness": _("Between the most"),
        "pagerank": _("Come by most often"),
    }
    rows = [{"at": at, "value": _value(told, measure, at)} for at in told.first(measure)]
    return {"head": heads[measure], "meaning": _meaning(measure), "rows": rows, "sampled": _sampled(told, measure)}


def _meaning(measure: str) -> str:
    meanings: dict[str, str] = {
        "degree": _("With how many others it is tied; several ties between two count once."),
        "betweenness": _(
            "Of the shortest paths between any two others, the share that goes through it. Where several paths are "
            "equally short, each counts in part. Who is between many can introduce them to each other, or keep "
            "them apart."
        ),
        "pagerank": _(
            "How often one comes by who follows ties at random and begins anew anywhere at every seventh step or so "
            "(PageRank). It counts who is tied to those that are themselves tied to many."
        ),
    }
    return meanings[measure]


def _sampled(told: Large, measure: str) -> str:
    if measure != "betweenness" or not told.sample:
        return ""
    sentence: str = _(
        "To search all paths would take too long here: they were searched from %(count)s entities that were drawn by "
        "lot, always the same ones. The true share is within the range beside it in about nineteen of twenty cases; "
        "who stands close to another in this list may in truth stand before it.",
        count=_number(told.sample),
    )
    return sentence


def _value(told: Large, measure: str, at: int) -> str:
    value = float(told.scores[measure][at])
    if measure == "degree":
        return _number(int(value))
    margin = float(told.margin[at]) if measure == "betweenness" else 0.0
    return _percent(value) + (f" ± {_percent(margin)}" if margin else "")


def _percent(value: float) -> str:
    """Return a share in percent, with two places: in a large network the shares of those who are first are small."""
    text = f"{100 * value:.2f}"
    return f"{persian_digits(text.replace('.', '٫'))}٪" if language() == "fa" else f"{text} %"


def _caveats(found: Panorama, told: Large) -> list[str]:
    nodes, pairs = _number(told.entities), _number(told.pairs)
    said = [_("Only of what is drawn: %(nodes)s entities, %(pairs)s pairs of them tied.", nodes=nodes, pairs=pairs)]
    if found.cut:
        said.append(_("There are more entities: only those with most ties are drawn and measured."))
    if told.parts > 1:
        parts, largest = _number(told.parts), _number(told.largest)
        sentence = _("It falls into %(parts)s parts that no tie joins; the largest has %(largest)s entities.")
        said.append(sentence % {"parts": parts, "largest": largest})
    said.append(_("A tie says that somebody wrote of it. Who is written about more has more ties."))
    return said


def _divided(told: Large) -> str:
    values = {"inside": share(told.inside, language()), "chance": share(told.by_chance, language())}
    sentence: str = _(
        "%(inside)s of the tied pairs are within one community; by chance it would be %(chance)s.", **values
    )
    return sentence


def _bridged(told: Large) -> str:
    count, _first = told.bridges
    sentence: str = _(
        "%(count)s of the tied pairs are tied by what nothing else replaces: without it, the two sides would not reach "
        "each other any more. Those that would cut off most:",
        count=_number(count),
    )
    return sentence


def _number(value: int) -> str:
    return number(value, language())
