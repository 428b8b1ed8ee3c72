"""Where does this come from? The claims of an entity or tie with their runs, and what each property was before."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from flask import Blueprint, Flask, g, render_template

from graph_app.auth.extension import database
from graph_app.catalog.parameters import Words
from graph_app.exploration import profile
from graph_app.exploration.claims import Claim, stem
from graph_app.exploration.history import FieldChange, History, Merging, Records, Run, Step
from graph_app.exploration.profile import Connection, Profile
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node, as_json
from graph_app.views import store
from graph_app.views.contract import records
from graph_app.views.contract.operation import Operation, described

bp = Blueprint("history", __name__)
Answer = dict[str, Any]
_STATED = ("source", "source_line", "quote", "file", "row_line", "certainty", "rank", "rank_reason", "note", "run")


def init_app(app: Flask) -> None:
    """Give templates what they need to say where a fact comes from."""
    asked = {"run_of": run_of, "history_of": history_of, "history_between": history_between, "in_cell": in_cell}
    app.jinja_env.globals.update(asked, mergings_of=mergings_of)
    app.jinja_env.filters.update(groupby_run=by_run)


@bp.get("/entities/<path:entity>/history")
def show(entity: str) -> str:
    """Show the claims behind every property of an entity, and all that runs did to it and its ties."""
    return render_template("history/show.html", **_about(entity))


@bp.get("/entities/<path:entity>/history/panel")
def panel(entity: str) -> str:
    """Show the same beside the picture."""
    return render_template("history/panel.html", **_about(entity))


@bp.get("/api/v1/entities/<path:entity>/history")
@described(
    Operation(
        Words(en="Where an entity comes from and what it was before", fa="خاستگاه موجودیت و پیشینهٔ آن"),
        records.EntityHistory,
    )
)
def entity_as_json(entity: str) -> Answer:
    """Answer the claims and the changes of every property of an entity, and all changes of it and its ties."""
    found, records = profile.entity(store(), entity), _records()
    mine = records.history(entity)
    properties = {name: _property(found, mine, name) for name in _names(found, mine)}
    return {"id": entity, "properties": properties, **_history(records.around(entity))}


@bp.get("/api/v1/ties/<tie>/history")
@described(
    Operation(
        Words(en="Where a tie comes from and what it was before", fa="خاستگاه پیوند و پیشینهٔ آن"), records.TieHistory
    )
)
def tie_as_json(tie: str) -> Answer:
    """Answer the claims behind a tie and all changes of it and of its parallels."""
    found = profile.tie(store(), tie)
    return {"id": tie, "claims": [_claim(one) for one in found.claims], **_history(history_between(found))}


def run_of(claim: Claim) -> Run | None:
    """Return the run that wrote a claim; None if it is not known here."""
    return _records().run(str(claim.get("run"))) if claim.get("run") else None


def history_of(entity: str) -> History:
    """Return what became of an entity itself; asked once a request."""
    kept: dict[str, History] = g.setdefault("histories", {})
    if entity not in kept:
        kept[entity] = _records().history(entity)
    return kept[entity]


def mergings_of(node: Node) -> dict[str, Merging | None]:
    """Return by whose decision others were merged into an entity, by their id; None if that is not known here."""
    ids = list(node.properties.get("merged_ids") or ())
    known = _records().mergings(ids) if ids else {}
    return {one: known.get(one) for one in ids}


def history_between(connection: Connection) -> History:
    """Return what became of a tie and its parallels; of a derived one there is none of its own."""
    return _records().between(connection.start.id, connection.end.id, connection.tie.type)


def by_run(steps: Iterable[Step]) -> list[list[Step]]:
    """Return steps in their order, those of one run together."""
    return [list(same) for _, same in groupby(steps, key=lambda step: step.run.id)]


def in_cell(claim: Claim, name: str, node: Node) -> str:
    """Return what stood in the cell for the property ``name``, before it was read; empty if the claim is silent."""
    originals, given = dict(claim.originals), claim.tie.properties
    listed = claim.get("properties") or ()
    for key in (f"{name}_written", name):
        if key in originals:
            return originals[key]
        if key in listed:
            return _plain(given.get(key, node.properties.get(key)))
    return ""


def _plain(value: object) -> str:
    return " | ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _about(entity: str) -> Answer:
    found, records = profile.entity(store(), entity), _records()
    mine, around = history_of(entity), records.around(entity)
    ends = {end for step in around.steps for end in (step.start, step.end, step.source, *(step.led or ())) if end}
    others = by_id(store(), sorted(ends))
    return {"profile": found, "mine": mine, "around": around, "others": others, "names": _names(found, mine)}


def _names(found: Profile, mine: History) -> list[str]:
    """Return the properties that an entity has, or had, or that a claim gives: names first."""
    shown = {stem(name) for name in found.node.properties}
    spoken = {stem(name) for claim in found.claims for name in claim.get("properties") or ()}
    changed = {change.name for step in mine.steps for change in step.fields}
    apart = {"id", "search", "squashed", "sounds", "status_asserted", "status_candidates"}
    return sorted((shown | spoken | changed) - apart, key=lambda name: (not name.startswith("name_"), name))


def _property(found: Profile, mine: History, name: str) -> Answer:
    said = found.speakers(name)
    claims = [{**_claim(claim), "cell": in_cell(claim, name, found.node)} for claim in said]
    kept = found.node.properties
    value = kept.get(name, kept.get(f"{name}_written"))
    changes = [{"run": step.run.id, **_change(change)} for step, change in mine.of(found.node.id, name)]
    return {"value": as_json(value), "claims": claims, "history": changes}


def _claim(claim: Claim) -> Answer:
    stated = {name: as_json(claim.get(name)) for name in _STATED if claim.get(name) is not None}
    run = run_of(claim)
    return {**stated, "original": dict(claim.originals), "run_known": run is not None, **_by(run)}


def _by(run: Run | None) -> Answer:
    return {"who": run.who, "at": run.at.isoformat(), "state": run.state} if run else {}


def _history(found: History) -> Answer:
    about = {"known_here": found.ours, "loads_elsewhere": found.elsewhere, "cut": found.cut}
    return {**about, "history": [_step(step) for step in found.steps]}


def _step(step: Step) -> Answer:
    tie = {name: getattr(step, name) for name in ("type", "start", "end")} if step.type else {}
    if step.led:
        tie["led"] = dict(zip(("start", "end"), step.led, strict=True))
    labels = {} if step.type else {"gained": list(step.gained), "lost": list(step.lost)}
    run = {"id": step.run.id, "mapping": step.run.mapping, "undoes": step.run.undoes, **_by(step.run)}
    fields = [_change(change) for change in step.fields]
    return {"key": step.key, "kind": step.kind, "run": run, **tie, **labels, "fields": fields}


def _change(change: FieldChange) -> Answer:
    return {"name": change.name, "before": _values(change.before.properties), "after": _values(change.after.properties)}


def _values(properties: Mapping[str, Any]) -> Answer:
    return {name: as_json(value) for name, value in properties.items()}


def _records() -> Records:
    if "records" not in g:
        g.records = Records(database(), store())
    found: Records = g.records
    return found
