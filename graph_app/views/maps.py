"""The map: agreements as arcs between the places that they join, on borders that need no network."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, send_file
from flask_babel import gettext as _

from graph_app.arrangement.borders import chosen
from graph_app.catalog.parameters import Words
from graph_app.dates import year_ends
from graph_app.exploration.geography import Geography, Located, country_names, geography
from graph_app.exploration.lifecycle import today
from graph_app.graph.results import Node
from graph_app.picture import name_of, state_of
from graph_app.text import is_rtl, persian_digits
from graph_app.views import calendar, explore, filters, language, store
from graph_app.views.contract import records
from graph_app.views.contract.operation import Operation, described
from graph_app.views.unchanged import while_unchanged
from graph_app.vocabulary import vocabulary

bp = Blueprint("maps", __name__)

SHOWN = 500  # rows of the table twin


@bp.get("/map")
def index() -> str:
    """Show the map; the script draws it and filters it as the address says."""
    page = {"strings": _strings(), "states": explore.states(), "today": today().isoformat(), "rows": SHOWN}
    return render_template("maps/index.html", page=page)


@bp.get("/api/v1/map")
@described(Operation(Words(en="Agreements that join places", fa="سندهایی که مکان‌ها را به هم می‌پیوندند"), records.Map))
def agreements() -> Response:
    """Answer every agreement that joins places, with its periods, and the places with their positions."""
    told = while_unchanged(f"map {language()} {calendar()} {today()}", lambda: jsonify(_drawn()).get_data())
    return Response(told, mimetype="application/json")


def _drawn() -> dict[str, Any]:
    found = geography(store())
    joined = {place for one in found.agreements for pair in one.pairs for place in pair}
    return {
        "agreements": [_agreement(one) for one in found.agreements],
        "places": {id_: _place(found.places[id_]) for id_ in sorted(joined) if id_ in found.places},
        "countries": _countries(found),
        "years": list(_years(found)),
        "cut": found.cut,
    }


@bp.get("/map/borders.json")
def borders() -> Response:
    """Answer the borders: those of the setting, else those shipped."""
    answer = send_file(chosen(current_app.extensions["settings"]), mimetype="application/json", conditional=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _agreement(one: Located) -> dict[str, Any]:
    words, reader = vocabulary(), language()
    name = name_of(Node(one.id, ("Agreement",), one.names), reader)
    signed = filters.when({"signed_on_written": one.signed_on}, "signed_on")
    return {
        "id": one.id,
        "name": name,
        "kind": one.kind,
        "kind_name": words.value("kind", one.kind, reader, ("Agreement",)),
        "signed_on": signed.text if signed else "",
        "pairs": one.pairs,
        "periods": [
            (first, last, state_of(status), words.value("status", status, reader))
            for first, last, status in one.periods
        ],
    }


def _place(place: Node) -> dict[str, Any]:
    words, reader = vocabulary(), language()
    name, where = name_of(place, reader), place.properties.get("position")
    return {
        "name": name,
        "lang": "fa" if is_rtl(name) else "en",
        "type": words.labels[words.shown(place.labels)].in_language(reader),
        "at": [round(where.latitude, 4), round(where.longitude, 4)] if where else None,
        "country": place.properties.get("iso_country"),
    }


def _countries(found: Geography) -> dict[str, dict[str, Any]]:
    """Return the countries of the places that are joined: how they are called here, and in how many agreements."""
    counts = Counter(
        country
        for one in found.agreements
        for country in {_country(found, place) for pair in one.pairs for place in pair}
        if country
    )
    names = _country_names(found)
    return {code: {"name": names.get(code, code), "count": count} for code, count in counts.most_common()}


def _country(found: Geography, place: str) -> str | None:
    known = found.places.get(place)
    return known.properties.get("iso_country") if known else None


def _country_names(found: Geography) -> dict[str, str]:
    codes = (code for node in found.places.values() if (code := node.properties.get("iso_country")))
    return country_names(store(), codes, language())


def _years(found: Geography) -> Iterator[tuple[str, str]]:
    """Yield each year that the map can be turned back or forward to: its name, and the day that is shown for it."""
    days = [date.fromisoformat(day) for one in found.agreements for period in one.periods for day in period[:2]]
    known = [day for day in days if date.min < day < date.max] or [today()]
    mine = calendar()
    for year, last in year_ends(min(*known, today()), max(*known, today()), mine):
        yield persian_digits(str(year)) if language() == "fa" else str(year), last.isoformat()


def _strings() -> dict[str, str]:
    """Return the sentences that the script needs; it fills in what stands in braces."""
    return {
        "shown": _("{agreements} agreements between {places} places"),
        "lacking": _("Not drawn, because the position of a place is not recorded: {count}"),
        "rows": _("The first {count} of {all} are listed; filter to see others."),
        "cut": _("There are more agreements than one map takes; the others are left out."),
        "failed": _("The answer did not come. Try again."),
        "none": _("Nothing is selected. Select a place or an arc to read about it."),
        "point": _("{name}: {count}"),
        "arc": _("{start} – {end}: {count}"),
        "today": _("today"),
        "between": _("Agreements between {start} and {end}"),
        "nothing": _("No agreement fits the filters."),
    }
