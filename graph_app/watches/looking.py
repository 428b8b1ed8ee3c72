"""What a watch shows now, kept small enough to compare: rows of cells under keys that stay the same."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graph_app.catalog import Question
from graph_app.confidentiality import SECRECY
from graph_app.exploration.neighbourhood import require
from graph_app.graph.results import Node, Table, Tie, as_json
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.keys import KEYS
from graph_app.reminders.due import due
from graph_app.vocabulary import vocabulary

MOST = 2000  # rows of one watch
ENTITY, REMINDERS = "entity", "reminders"  # what a watch without a question is given
_TIE, _FACT = "tie", "fact"
Seen = dict[str, Any]


def look_at_question(store: Store, question: Question, given: Mapping[str, str]) -> Seen:
    """Return the rows that ``question`` answers now; days such as ``today`` are those of now.

    Raises
    ------
    PeyvandError
        If the values are not understood any more, or the answer does not come.

    """
    reading = question.read(store, given)
    found = question.ask(store, reading.values, view="table").result
    if not isinstance(found, Table):
        raise TypeError("a watch looks at rows")
    return {"columns": list(found.columns), "rows": _keyed(found.rows), "cut": found.cut}


def look_at_entity(store: Store, entity: str) -> Seen:
    """Return what is known of an entity now: each fact, and each tie with whom.

    Raises
    ------
    NotFoundError
        If there is no such entity.

    """
    require(store, entity)
    asked = {"id": entity, "types": vocabulary().drawn_types()}
    found = store.table(statement("watched"), asked, rows=MOST)
    rows: dict[str, list[Any]] = {}
    for row in found:
        for name, value in row["e"].properties.items() if not rows else ():
            if name not in {*KEYS, SECRECY, "id"}:
                rows[f"{_FACT} {name}"] = [name, _cell(value)]
        if row["other"] is not None:
            direction = "out" if row["out"] else "in"
            rows[f"{_TIE} {row['type']} {direction} {row['other'].id}"] = [
                f"{row['type']} {direction}",
                _cell(row["other"]),
            ]
    return {"columns": [_FACT, "value"], "rows": rows, "cut": found.cut}


def look_at_reminders(store: Store, day: date) -> Seen:
    """Return what is due by ``day``: each row has the key of one duty and its date, so a duty put off is another."""
    found = due(store, day)
    rows = {
        one.key: [f"{REMINDERS} {one.sort}", _cell(one.item), _cell(one.day), _cell(one.agreement)]
        for one in found.reminders
    }
    return {"columns": ["reminder", "about", "day", "agreement"], "rows": rows, "cut": found.cut}


def _keyed(rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """Return cells by what the row is about: its first entity and the others with it; without any, all that it says."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        cells = [_cell(value) for value in row]
        about = [value.id for value in row if isinstance(value, Node | Tie)]
        key = " ".join(about) if about else repr(cells)
        number = 1
        while f"{key} {number}" in found:
            number += 1
        found[f"{key} {number}"] = cells
    return found


def _cell(value: Any) -> Any:  # noqa: ANN401 - any cell
    match value:
        case Node():
            names = {name: value.properties.get(name) for name in ("name_fa", "name_en")}
            status = {"status": value.properties["status"]} if "status" in value.properties else {}
            return {"id": value.id, "labels": list(value.labels), **names, **status}
        case Tie():
            return {"tie": value.id, "type": value.type}
        case list() | tuple():
            return [_cell(item) for item in value]
    return as_json(value)
