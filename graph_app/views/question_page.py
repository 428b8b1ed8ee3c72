"""What the page of a saved question shows: its form as it was filled in, and its answer in one of several views."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from flask import current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from graph_app.catalog import Catalog, Question, Reading
from graph_app.catalog.arranging import totals
from graph_app.catalog.kept import Kept
from graph_app.catalog.parameters import Choice, Parameter, fields
from graph_app.catalog.vetting import Vetting
from graph_app.errors import PeyvandError
from graph_app.exploration.search import Hit
from graph_app.figures import Shape, shape
from graph_app.graph.planning import Step
from graph_app.graph.results import Node, Subgraph, Table
from graph_app.picture import name_of
from graph_app.views import OPENED, answers, graph, language, store
from graph_app.views.answering import shelf

PAGE = 200  # rows of a table that stand in the page or are fetched at once


@dataclass(frozen=True)
class Field:
    """One parameter as the form shows it: what was typed, what is wrong with it, what may be chosen.

    Parameters
    ----------
    needed_by
        The parameters whose choices depend on this one.
    waits_for
        The parameters that must be filled in before there is something to choose.

    """

    name: str
    parameter: Parameter
    texts: Mapping[str, str]
    problem: PeyvandError | None
    choices: tuple[Choice, ...]
    entities: tuple[Node, ...]
    needed_by: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()

    @property
    def wrong(self) -> str:
        """What is wrong, in the reader's language."""
        return self.problem.translated(_) if self.problem else ""

    @property
    def meant(self) -> tuple[Hit, ...]:
        """The entities to choose from, if what was typed may mean several."""
        return tuple(getattr(self.problem, "hits", ()))

    @property
    def named(self) -> str:
        """What the entity in the field is called; empty if there is none, or several."""
        return name_of(self.entities[0], language()) if len(self.entities) == 1 else ""


@dataclass(frozen=True)
class Arrangement:
    """How the rows are wanted: from which on, in the order of which column, with which words."""

    column: int | None
    descending: bool
    text: str
    offset: int

    @classmethod
    def asked(cls, columns: Sequence[str]) -> "Arrangement":
        """Return what the address asks for; a column with a minus in front stands for the other way round."""
        sort = request.args.get("sort", "")
        name = sort.removeprefix("-")
        column = columns.index(name) if name in columns else None
        offset = max(0, request.args.get("offset", 0, type=int))
        return cls(column, sort.startswith("-"), request.args.get("filter", "")[:200], offset)


@dataclass(frozen=True)
class Page:
    """What the page of a question shows. ``given`` is what its address gives."""

    question: Question
    fields: tuple[Field, ...]
    given: Mapping[str, str]
    kept: Kept | None = None
    network: Subgraph | None = None
    view: str = "table"
    all_rows: int | None = None
    steps: Sequence[Step] = ()
    problem: str = ""
    saved = True

    @cached_property
    def table(self) -> Table:
        """The answer as rows, as they came."""
        return self.kept.table if self.kept else Table((), [])

    @cached_property
    def shape(self) -> Shape:
        """What its columns hold."""
        return shape(self.table, self.question.header.axes)

    @property
    def views(self) -> list[str]:
        """The views that the answer has."""
        return ["table", *self.shape.views]

    @property
    def fleeting(self) -> bool:
        """Whether the answer is too large to be kept, so that every part of it is asked for again."""
        return self.kept is not None and not shelf().holds(self.kept)

    @cached_property
    def arrangement(self) -> Arrangement:
        """How the rows are wanted."""
        return Arrangement.asked(self.table.columns)

    @cached_property
    def arranged(self) -> Sequence[tuple[Any, ...]]:
        """The rows as they are wanted, all of them."""
        how = self.arrangement
        if self.kept is None:
            return ()
        return self.kept.rows(column=how.column, descending=how.descending, text=how.text, language=language())

    @property
    def rows(self) -> Sequence[tuple[Any, ...]]:
        """Those of the rows that stand in the page."""
        return self.arranged[self.arrangement.offset : self.arrangement.offset + PAGE]

    @cached_property
    def totals(self) -> list[float | None]:
        """The sum of each column of numbers, of all rows that pass the filter; None where there is none to tell."""
        found = totals(self.arranged, len(self.table.columns))
        return [total if kind == "number" else None for total, kind in zip(found, self.shape.kinds, strict=True)]

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The entities in the answer by id, in their order."""
        return {node.id: node for node in answers.nodes_in(self.network or self.table)}

    @property
    def drawable(self) -> list[str]:
        """The ids of the entities that a picture of the answer would show; sources are evidence, not part of it."""
        return [id_ for id_, node in self.nodes.items() if "Source" not in node.labels] or list(self.nodes)

    @property
    def drawn(self) -> list[str]:
        """The ids that the explorer is opened with."""
        return self.drawable[:OPENED]

    def sorted_by(self, column: str) -> str:
        """Return how ``aria-sort`` says in which order the column stands."""
        how = self.arrangement
        if how.column is None or self.table.columns[how.column] != column:
            return "none"
        return "descending" if how.descending else "ascending"

    def address(self, form: str = "", **changes: str) -> str:
        """Return the address of this question and its values, with changes, as a page, as rows or as a file."""
        kept = self.asked_for(form)
        endpoint, more = endpoint_of(form)
        values = {**self.given, **kept, **more, **changes}
        return address(endpoint, self.question, {name: text for name, text in values.items() if text})

    def asked_for(self, form: str) -> dict[str, str]:
        """Return what the address says of the view, as far as it means something for ``form``."""
        names = ("sort", "filter", "view") if form in {"", "rows"} else ("view",)
        return {name: request.args[name] for name in names if request.args.get(name)}

    @property
    def panorama(self) -> str:
        """The address at which all of the answer is one large picture."""
        return url_for("panorama.index", question=self.question.name, **dict(self.given))  # type: ignore[arg-type]

    @property
    def bare(self) -> str:
        """The address of the question without values."""
        return address("queries.show", self.question, {})

    @property
    def example(self) -> str:
        """The address of the question with its example."""
        return address("queries.show", self.question, self.question.example)


def endpoint_of(form: str) -> tuple[str, dict[str, str]]:
    """Return the endpoint that shows an answer as ``form``, and what its address needs besides."""
    if form in {"json", "csv", "ndjson"}:
        return f"answer_files.as_{form}", {}
    if form in {"rows", "form"}:
        return f"queries.{form}", {}
    return ("answer_files.as_file", {"ending": form}) if form else ("queries.show", {})


def address(endpoint: str, question: Question, values: Mapping[str, str]) -> str:
    """Return the address of a question with values."""
    subject, _slash, name = question.name.partition("/")
    return url_for(endpoint, subject=subject, question=name, **dict(values))  # type: ignore[arg-type]


def catalog() -> Catalog:
    """Return the questions as they are now."""
    return cast("Catalog", current_app.extensions["questions"])


def asked(subject: str, name: str) -> Question:
    """Return a question that the gate has not refused."""
    return named(f"{subject}/{name}")


def named(name: str) -> Question:
    """Return the question of a whole name that the gate has not refused."""
    question = catalog().question(name)
    cast("Vetting", current_app.extensions["vetting"]).refuse(graph(), question)
    return question


def given(question: Question, sent: MultiDict[str, str] | None = None) -> dict[str, str]:
    """Return what the address, or the form ``sent``, gives for the parameters; several of one name are a list."""
    sent = request.args if sent is None else sent
    known = [name for key, parameter in question.parameters.items() for name in fields(key, parameter)]
    return {name: ",".join(texts) for name in known if any(texts := sent.getlist(name))}


def fields_of(
    question: Question, given: Mapping[str, str], reading: Reading, problems: Mapping[str, PeyvandError]
) -> Iterator[Field]:
    """Yield the fields of the form, as far as ``given`` fills them in."""
    texts = question.with_defaults(given)
    values = {**texts, **reading.values}
    for name, parameter in question.parameters.items():
        mine = {key: texts.get(key, "") for key in fields(name, parameter)}
        choices = tuple(question.choices(store(), name, values)) if parameter.values else ()
        needed_by = tuple(other for other, p in question.parameters.items() if name in p.depends_on)
        waits_for = tuple(other for other in parameter.depends_on if not values.get(other))
        found = reading.entities.get(name, ())
        yield Field(name, parameter, mine, problems.get(name), choices, found, needed_by, waits_for)
