"""The answer to a question as what its view draws: a network, a map, a chart, a timeline or a matrix."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from graph_app.dates import year_of
from graph_app.figures import chart, matrix, sites, timeline
from graph_app.figures.columns import placed
from graph_app.graph.results import Node
from graph_app.picture import name_of
from graph_app.text import is_rtl
from graph_app.views import answers, calendar, drawing, filters, language
from graph_app.views.question_page import Page


def shown(page: Page) -> dict[str, Any]:
    """Return what the template needs to show the view of ``page``; nothing for a table."""
    ways = {"network": _network, "chart": _chart, "timeline": _timeline, "matrix": _matrix, "map": _map}
    return ways[page.view](page) if page.kept and page.view in ways else {}


def _network(page: Page) -> dict[str, Any]:
    found = page.network
    return {"picture": drawing.drawn(found)} if found and found.nodes else {}


def _chart(page: Page) -> dict[str, Any]:
    found = chart.chart(page.shape)
    if found is None or not found.points:
        return {}
    rtl = language() == "fa"
    value = answers.column_name(page.question, page.table.columns[found.value])
    title = _("%(value)s by %(name)s", value=value, name=_heading(page, found.name))
    if found.over_time:
        told = chart.line(found.points, answers.number, lambda day: filters.day(day).text, title=title, rtl=rtl)
    else:
        named = [(_named(page, name, found.name), value) for name, value in found.points]
        told = chart.svg(named, answers.number, title=title, rtl=rtl)
    return {"chart": Markup(told), "title": title, "left_out": found.left_out}  # noqa: S704 - ElementTree escapes


def _timeline(page: Page) -> dict[str, Any]:
    found = timeline.timeline(page.shape)
    if found is None:
        return {}
    years = list(found.years(lambda day: filters.digits(_year(day))))
    others = [at for at in range(len(page.table.columns)) if at != found.at]
    counts = [(year, float(len(moments))) for year, moments in years]
    title = _("Rows by year")
    drawn = chart.svg(counts, answers.number, title=title, rtl=language() == "fa") if len(counts) > 1 else ""
    return {"years": years, "at": found.at, "others": others, "undated": found.undated, "chart": Markup(drawn)}  # noqa: S704


def _matrix(page: Page) -> dict[str, Any]:
    found = matrix.matrix(page.shape)
    return {"matrix": found, "heading": lambda at: _heading(page, at)} if found else {}


def _map(page: Page) -> dict[str, Any]:
    found = sites.sites(page.shape)
    points = {id_: _site(node, found.rows[id_]) for id_, node in found.nodes.items()}
    arcs = [{"start": start, "end": end, "count": count} for (start, end), count in found.pairs.items()]
    return {
        "sites": {"points": points, "arcs": arcs, "failed": _("The answer did not come. Try again.")},
        "lacking": found.lacking,
    }


def _site(node: Node, rows: int) -> Mapping[str, Any]:
    where, name = placed(node), name_of(node, language())
    told = ngettext("%(num)s row", "%(num)s rows", rows)
    return {
        "name": name,
        "lang": "fa" if is_rtl(name) else "en",
        "at": [round(where.latitude, 4), round(where.longitude, 4)] if where else None,
        "count": rows,
        "told": f"{name} ({filters.digits(told)})",
    }


def _heading(page: Page, at: int) -> str:
    return answers.column_name(page.question, page.table.columns[at])


def _named(page: Page, value: Any, at: int) -> str:  # noqa: ANN401 - a name in the answer
    if isinstance(value, Node):
        return name_of(value, language())
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return answers.spelled(answers.column_key(page.question, page.table.columns[at]), str(value))


def _year(day: date) -> int:
    mine = calendar()
    return year_of(day, mine)
