"""The day that an address asks about."""

from datetime import date

from flask import request
from flask_babel import gettext

from graph_app.catalog.parameters import Parameter
from graph_app.catalog.values import plain_value
from graph_app.errors import PeyvandError
from graph_app.exploration import lifecycle

_DAY = Parameter(type="date", default="today")


def asked() -> tuple[date, str]:
    """Return the day in ``as_of``, in either calendar, and what is wrong with it. Today by default."""
    try:
        return named("as_of"), ""
    except PeyvandError as error:
        return lifecycle.today(), error.translated(gettext)


def named(name: str) -> date:
    """Return the day that the address gives as ``name``, in either calendar. Today by default.

    Raises
    ------
    PeyvandError
        If it is no day.

    """
    day: date = plain_value(name, _DAY, {name: request.args.get(name, "").strip() or "today"}, lifecycle.today())
    return day
