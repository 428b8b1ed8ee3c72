"""What the graph records of agreements, as the histories that their status is derived from."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from graph_app.dates import Calendar, DateError, parse
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.lifecycle.acts import (
    AUTO_RENEW,
    EFFECTIVE,
    ENDS,
    NOTICE,
    OPEN_ENDED,
    REVIEW,
    STATUS,
    TERM,
    Act,
    History,
    Moment,
)
from graph_app.lifecycle.succession import Succession, with_successors
from graph_app.lifecycle.terms import read_term
from graph_app.text import text_hash

_ROWS = 1_000_000
_SECONDS = 60.0
_MUST_SIGN = frozenset({"party", "counterpart"})
_MUST_APPROVE = "competent_authority"
_DATED_PROPERTIES = {"drafted_on": "drafted", "signed_on": "signed", EFFECTIVE: EFFECTIVE, ENDS: ENDS}
_SAID_PROPERTIES = (NOTICE, AUTO_RENEW, OPEN_ENDED, REVIEW)
Row = Mapping[str, Any]


def histories(store: Store, ids: Collection[str] | None = None) -> dict[str, History]:
    """Return the histories of agreements by id, with what their successors do to them: of ``ids``, or of all.

    Raises
    ------
    StoreError
        If the graph cannot be read.

    """
    wanted = None if ids is None else list(ids)
    rows = list(store.table(statement("histories"), {"ids": wanted}, rows=_ROWS, seconds=_SECONDS))
    found = {str(row["id"]): history(row) for row in rows}
    made = with_successors(found, [one for row in rows for one in _successions(row)])
    return made if wanted is None else {id_: made[id_] for id_ in wanted if id_ in made}


def history(row: Row) -> History:
    """Return one row of ``histories.cypher`` as a history; its successors are not in it."""
    parties = frozenset(id_ for id_, role in row["parties"] if role in _MUST_SIGN)
    signatures = list(_signatures(row, parties))
    alone = any(act.party for act in signatures)
    claimed = [act for act in _claimed(row) if not (alone and act.of == "property:signed_on")]
    return History(
        id=row["id"],
        acts=(*claimed, *_events(row, parties), *signatures),
        parties=parties,
        authorities=frozenset(id_ for id_, role in row["parties"] if role == _MUST_APPROVE),
        evidence=frozenset(claim["reported_on"] for _, claim in row["claims"] if claim.get("reported_on")),
        activity=frozenset(row["activity"]),
        active_body=row["active_body"],
    )


def _claimed(row: Row) -> Iterator[Act]:
    """Yield what each source says of the agreement itself; without any source, what the entity shows."""
    for source, claim in row["claims"] or [("", {"properties": list(row["properties"])})]:
        said = {name: claim.get(name, row["properties"].get(name)) for name in claim.get("properties") or ()}
        for act in _said(said):
            yield replace(act, source=source, **_report(claim))


def _said(said: Row) -> Iterator[Act]:
    if said.get(STATUS):
        yield Act(STATUS, "property:status", *_when(said, "status_as_of"), value=said[STATUS])
    for name, kind in _DATED_PROPERTIES.items():
        if f"{name}_written" in said:
            yield Act(kind, f"property:{name}", *_when(said, name))
    if said.get(TERM):
        yield Act(TERM, "property:term", term=read_term(said[TERM]), value=said[TERM])
    for name in _SAID_PROPERTIES:
        if said.get(name) is not None:
            yield Act(name, f"property:{name}", value=said[name])


def _events(row: Row, parties: Iterable[str]) -> Iterator[Act]:
    for item in row["acts"]:
        tie, event, claim = item["tie"], item["event"], item["claim"] or {}
        dated = claim if "date_written" in claim else event
        until = _when(tie, "until")[0]
        term = read_term(tie["term"]) if tie.get("term") else None
        party = _party(tie.get("for"), parties)
        act = Act(
            str(tie.get("action")),
            event["id"],
            *_when(dated, "date"),
            party=party,
            until=until,
            term=term,
            text=text_of(event),
        )
        yield replace(act, source=str(tie.get("source", "")), **_report(tie))


def text_of(event: Row) -> str | None:
    """Return the hash of the text that an act speaks of: as recorded, else of the text itself."""
    said, text = event.get("terms_sha256"), event.get("terms")
    return str(said).lower() if said else text_hash(str(text)) if text else None


def _signatures(row: Row, parties: frozenset[str]) -> Iterator[Act]:
    """Yield the signatures of persons. Where it is not said for whom they signed, all did once enough of them have."""
    unnamed = {id_ for id_, tie in row["signatures"] if not tie.get("for")}
    all_signed = len(unnamed) >= max(2, len(parties))
    for signatory, tie in row["signatures"]:
        when = _when(tie if "signed_on_written" in tie else row["properties"], "signed_on")
        party = _party(tie.get("for"), parties)
        if party or all_signed:
            act = Act("signed", signatory, *when, party=party)
            yield replace(act, source=str(tie.get("source", "")), **_report(tie))


def _party(name: str | None, parties: Iterable[str]) -> str | None:
    """Return the id of the party that ``name`` is the key of; one that is not recorded as a party stays what it is."""
    return next((id_ for id_ in sorted(parties) if name in {id_, id_.partition(":")[2]}), name)


def _successions(row: Row) -> Iterator[Succession]:
    for successor, tie in row["successors"]:
        yield Succession(successor, row["id"], tie.get("reason"), str(tie.get("source", "")), **_report(tie))


def _report(claim: Row) -> dict[Literal["reported_on", "certainty"], Any]:
    return {"reported_on": claim.get("reported_on"), "certainty": str(claim.get("certainty", "reported"))}


def _when(properties: Row, name: str) -> tuple[Moment | None, str | None]:
    """Return the bounds of the date ``name``, and what was written if it has none."""
    first, last = properties.get(f"{name}_earliest"), properties.get(f"{name}_latest")
    written = properties.get(f"{name}_written")
    if isinstance(first, date) and isinstance(last, date):
        return Moment(first, last, _calendar(written)), None
    return None, written


def _calendar(written: str | None) -> Calendar:
    try:
        return parse(written or "").calendar
    except DateError:
        return "gregorian"
