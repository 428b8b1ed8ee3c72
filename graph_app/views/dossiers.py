"""The sections of an entity's page: a saved question each, shown as rows, counts, bars over time or a tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, cast

from flask import current_app, request
from flask_babel import gettext as _

from graph_app.catalog import Question
from graph_app.catalog.dossiers import Section
from graph_app.catalog.vetting import Vetting
from graph_app.dates import year_ends
from graph_app.errors import PeyvandError
from graph_app.exploration import lifecycle
from graph_app.graph.results import Node, Table
from graph_app.picture import name_of, state_of
from graph_app.text import is_rtl
from graph_app.views import answers, calendar, filters, graph, language
from graph_app.views.answering import answered_as_given
from graph_app.views.question_page import Page, catalog
from graph_app.vocabulary import vocabulary

_YEARS = 7  # that an axis names
_READERS = ("as_of", "days")  # what the address of a page gives to all its questions
Row = Mapping[str, Any]
Span = tuple[date | None, date | None, date | None]


@dataclass(frozen=True)
class Shown:
    """A section with what its question answers; ``page`` has the addresses of the question."""

    section: Section
    page: Page

    @property
    def rows(self) -> list[Row]:
        """The rows of the answer; none if there is no answer."""
        return list(self.table) if self.table else []

    @property
    def table(self) -> Table | None:
        """The answer."""
        return self.page.kept.table if self.page.kept else None

    @property
    def kinds(self) -> list[tuple[str, str, list[Row]]]:
        """The links by kind and status, the most frequent first: kind, status, rows."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            found.setdefault((str(row["kind"] or ""), str(row["status"])), []).append(row)
        return [(*key, rows) for key, rows in sorted(found.items(), key=lambda one: -len(one[1]))]

    @property
    def columns(self) -> list[str]:
        """The columns that the section shows, if any row has something in them."""
        names = [name for name in (self.table.columns if self.table else ()) if name not in self.section.without]
        return [name for name in names if any(row[name] not in (None, [], "") for row in self.rows)]


def shown(sections: tuple[Section, ...], **ids: str) -> list[Shown]:
    """Return the answers to ``sections`` about the entities ``ids``, as of the day in the address."""
    return [Shown(section, _page(section, ids)) for section in sections]


def _page(section: Section, ids: Mapping[str, str]) -> Page:
    question = catalog().question(section.question)
    given = section.values(**ids)
    given |= {name: request.args[name] for name in _READERS if name in question.parameters and request.args.get(name)}
    try:
        return _answered(question, given)
    except PeyvandError as error:
        return Page(question, (), given, problem=error.translated(_))


def _answered(question: Question, given: Mapping[str, str]) -> Page:
    cast("Vetting", current_app.extensions["vetting"]).refuse(graph(), question)
    return Page(question, (), given, answered_as_given(question, given))


def words_of(shown: list[Shown]) -> dict[str, Any]:
    """Return what the templates of sections need beside them."""
    of_today = partial(bars, today=lifecycle.today())
    return {"shown": shown, "answers": answers, "tree": tree, "bars": of_today, "abroad": abroad}


def abroad(row: Row, home: str) -> str:
    """Return the code of the country that a row is about, if it is another one than ``home``."""
    country = row.get("country") if "country" in row else row.get("partner")
    code = country.properties.get("iso_country") if isinstance(country, Node) and "Country" in country.labels else None
    return str(code) if code and code != home else ""


def last_contact(shown: list[Shown]) -> Row | None:
    """Return the last event of a contact file that took place, as far as a day or the day of a report says."""
    held = [row for one in shown if one.section.anchor == "contacts" for row in one.rows if row["status"] != "planned"]
    return held[0] if held else None


def arcs(sections: list[Shown], centre: Node | None = None) -> list[dict[str, Any]]:
    """Return the sister-city links that have a position at both ends, as the small map draws them."""
    rows = [row for one in sections if one.section.shows == "links" for row in one.rows]
    ends = [(row.get("city") or centre, row["partner"], row) for row in rows]
    return [_arc(start, end, row) for start, end, row in ends if start and _at(start) and _at(end)]


def _arc(start: Node, end: Node, row: Row) -> dict[str, Any]:
    status = vocabulary().value("status", row["status"], language())
    return {"start": _spot(start), "end": _spot(end), "state": state_of(row["status"]) or "reported", "status": status}


def _at(place: Node) -> list[float] | None:
    where = place.properties.get("position")
    return [round(where.latitude, 4), round(where.longitude, 4)] if where else None


def _spot(place: Node) -> dict[str, Any]:
    name = name_of(place, language())
    return {"key": place.id, "name": name, "lang": "fa" if is_rtl(name) else "en", "at": _at(place)}


@dataclass(frozen=True)
class Bar:
    """One appointment on the time axis, in hundredths of its width from the earlier side; open ends are not known."""

    row: Row
    start: float
    width: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Bars:
    """The bars, the years on the axis with their places, and the rows of which no day is known."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[str, float], ...]
    undated: tuple[Row, ...]


def bars(rows: list[Row], today: date) -> Bars:
    """Return appointments as bars between the first day that is known of any and ``today``."""
    known = [(row, _span(row["appointment"])) for row in rows]
    days = [day for _row, span in known for day in span if day]
    if not days:
        return Bars((), (), tuple(rows))
    axis = Axis(min(days) - timedelta(days=30), max(*days, today))
    drawn = tuple(_bar(row, span, axis) for row, span in known if any(span))
    return Bars(drawn, tuple(axis.years()), tuple(row for row, span in known if not any(span)))


@dataclass(frozen=True)
class Axis:
    """The days between two, as hundredths of the way."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Return where a day stands."""
        return round(100 * (day - self.first).days / max(1, (self.last - self.first).days), 2)

    def years(self) -> Iterator[tuple[str, float]]:
        """Yield at most seven years of the reader's calendar, each at its first day."""
        mine = calendar()
        begins = [(year + 1, last + timedelta(days=1)) for year, last in year_ends(self.first, self.last, mine)][:-1]
        for year, begin in begins[:: max(1, len(begins) // _YEARS + 1)]:
            yield filters.digits(year), self.place(begin)


def _span(appointment: Node) -> Span:
    """Return the first day, the day of the last word, and the last day, as far as each is known."""
    given = appointment.properties
    return given.get("valid_from_earliest"), given.get("as_of_earliest"), given.get("valid_to_latest")


def _bar(row: Row, span: Span, axis: Axis) -> Bar:
    start, _said, end = span
    ends = [axis.place(day) for day in span if day]
    return Bar(row, min(ends), max(1.5, round(max(ends) - min(ends), 2)), start is None, end is None)


@dataclass(frozen=True)
class Branch:
    """One institution of a tree with its parts."""

    row: Row
    parts: tuple["Branch", ...]


def tree(rows: list[Row]) -> tuple[Branch, ...]:
    """Return parents, the institution and its parts as a tree, the top first; a second parent stands beside it."""
    by_whole: dict[str, list[Row]] = {}
    known = {row["part"].id for row in rows}
    for row in rows:
        whole = row["whole"].id if row["whole"] and row["whole"].id in known else ""
        by_whole.setdefault(whole, []).append(row)

    def under(whole: str, above: frozenset[str]) -> tuple[Branch, ...]:
        found = [row for row in by_whole.get(whole, ()) if row["part"].id not in above]
        return tuple(Branch(row, under(row["part"].id, above | {row["part"].id})) for row in found)

    return under("", frozenset())
