"""The day that an address asks about."""

from datetime import date

from flask import request
from flask_babel import gettext

from graph_app.catalog.parameters import ENDS, Parameter
from graph_app.catalog.values import plain_value
from graph_app.errors import PeyvandError
from graph_app.exploration import lifecycle

_DAY = Parameter(type="date", default="today")
_UNTIL = Parameter(type="date_range")


def asked() -> tuple[date, str]:
    """Return the day in ``as_of``, in either calendar, and what is wrong with it. Today by default."""
    try:
        day: date = plain_value("as_of", _DAY, {"as_of": _given("as_of")}, lifecycle.today())
    except PeyvandError as error:
        return lifecycle.today(), error.translated(gettext)
    return day, ""


def until(name: str) -> date:
    """Return the day that the address gives as ``name``; of a year or a month its last, since then all of it is over.

    Raises
    ------
    PeyvandError
        If it is no day.

    """
    day: date = plain_value(name, _UNTIL, {f"{name}.{ENDS[1]}": _given(name)}, lifecycle.today())[ENDS[1]]
    return day


def _given(name: str) -> str:
    return request.args.get(name, "").strip() or "today"
