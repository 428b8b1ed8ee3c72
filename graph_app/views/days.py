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
    today = lifecycle.today()
    try:
        day: date = plain_value("as_of", _DAY, {"as_of": request.args.get("as_of") or "today"}, today)
    except PeyvandError as error:
        return today, error.translated(gettext)
    return day, ""
