"""What the explorer hides and why, the panel of its facets, and the years of its slider."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from graph_app.catalog.parameters import Words
from graph_app.exploration import neighbourhood
from graph_app.exploration.lifecycle import today
from graph_app.sieve import Namer, Sieve, Sifted, counted, reasons, years
from graph_app.views import calendar, days, filters, ids, language, store
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.parameters import AS_OF, HIDE, STEPS, UNDATED, WITHOUT
from graph_app.views.contract.pictures import Facets

bp = Blueprint("sieves", __name__)


def asked() -> tuple[Sieve, date]:
    """Return what the address wants hidden, and the day on which statuses are looked up."""
    day, problem = days.asked()
    chosen = bool(request.args.get("as_of")) and not problem
    return Sieve.asked({**request.args, "hide": hidden()}, day if chosen else None), day


def hidden() -> str:
    """Return the values that the address hides; a form without script sends each as a field of its own."""
    return ",".join(request.args.getlist("hide"))


def told(gone: Sifted, wish: Sieve) -> dict[str, Any]:
    """Return what the script says of what is hidden: ids, counts, and each reason with its name."""
    rows = reasons(store(), gone.reasons, language()) if gone.reasons else []
    return {
        "ids": sorted(gone.nodes),
        "ties": len(gone.ties),
        "active": sum(map(len, wish.hidden.values())) + (wish.day is not None) + (not wish.undated),
        "reasons": [
            {"facet": facet, "value": value, "name": name, "count": count} for facet, value, name, count in rows
        ],
        "day": filters.day(wish.day).text if wish.day else "",
        "iso": wish.day.isoformat() if wish.day else "",
        "problem": days.asked()[1],
    }


@bp.get("/explore/filters")
def form() -> str:
    """Show the filters as a form of their own, which leads to the table of the picture; it needs no script."""
    return render_template("explore/filters.html", **facets(), asked=request.args)


@bp.get("/api/v1/picture/facets")
@described(
    Operation(
        Words(en="The facets and the years of a picture", fa="ویژگی‌ها و سال‌های تصویر"),
        Facets,
        {"ids": STEPS, "without": WITHOUT, "as_of": AS_OF, "hide": HIDE, "undated": UNDATED},
    )
)
def facets() -> dict[str, Any]:
    """Answer the facets of the picture with counts, and its years with what begins and ends in each."""
    steps = [ids(part) for part in request.args.get("ids", "").split(";")]
    wish, day = asked()
    without = ids(request.args.get("without", ""))
    found, _hidden = neighbourhood.picture(store(), [name for step in steps for name in step], without, day=day)
    found = found.without(without)
    values, undated = counted(store(), found, wish)
    namer = Namer(store(), language(), ((facet, one.value) for facet, some in values.items() for one in some))
    mine = calendar()
    return {
        "facets": [
            {
                "name": facet,
                "title": namer.facet(facet),
                "values": [vars(one) | {"name": namer.value(facet, one.value)} for one in some],
            }
            for facet, some in values.items()
            if some
        ],
        "undated": undated,
        "years": [
            {"name": filters.digits(one.name), "last": one.last.isoformat(), "begins": one.begins, "ends": one.ends}
            for one in years(found, today(), mine)
        ],
    }


def page() -> dict[str, Any]:
    """Return what the script needs: sentences, and how steps are told."""
    return {
        "today": today().isoformat(),
        "sieve": {
            "hidden": _("Hidden by filters: {nodes} entities and {ties} ties."),
            "reason": _("{name} ({count})"),
            "lift": _("Show again: {name}"),
            "lift_all": _("Show everything"),
            "active": _("Filters ({count})"),
            "none": _("Filters"),
            "today": _("today"),
            "undated": _("What has no date ({count})"),
            "more": _("{count} more"),
            "on": _("As of {day}"),
            "no_years": _("Nothing in this picture has a date."),
            "bar": _("{name}: {begins} begin, {ends} end"),
        },
    }


def step_names() -> dict[str, str]:
    """Return how each kind of step is told."""
    return {
        "hid": _("Hid {what}"),
        "unhid": _("Showed {what} again"),
        "lifted": _("Showed everything again"),
        "turned": _("As of {what}"),
        "untimed": _("Today, whatever the dates"),
        "undated_gone": _("Hid what has no date"),
        "undated_back": _("Showed what has no date"),
    }
