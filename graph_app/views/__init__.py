"""One module per section of the site: its blueprint ``bp``, its address, its folder in ``templates/``."""

from typing import cast

from flask import current_app, request
from flask_babel import get_locale

from graph_app.auth.sessions import cookie_name
from graph_app.auth.visitor import visitor
from graph_app.confidentiality import HIGHEST
from graph_app.dates import Calendar
from graph_app.graph.store import Store

OPENED = 150  # entities that one address of the explorer names


def store() -> Store:
    """Return the graph as whoever asks may see it."""
    clearance = visitor().clearance
    return graph() if clearance == HIGHEST else graph().seen_with(clearance)


def graph() -> Store:
    """Return the whole graph, for what shows nothing of it and for those who have the right to all of it."""
    return cast("Store", current_app.extensions["store"])


def language() -> str:
    """Return the reader's language, ``en`` or ``fa``."""
    locale = get_locale()
    return "fa" if locale and locale.language == "fa" else "en"


def remembered(choice: str) -> str | None:
    """Return what the reader chose before for ``choice``, as their browser says; anybody can make it say anything."""
    return request.cookies.get(cookie_name(request, choice))


def calendar() -> Calendar:
    """Return the reader's calendar: the one that was chosen, else the one of the language."""
    chosen = request.args.get("calendar") or remembered("calendar")
    if chosen == "jalali" or (chosen != "gregorian" and language() == "fa"):
        return "jalali"
    return "gregorian"


def number(name: str, default: int) -> int:
    """Return the whole number that the address gives for ``name``, in the digits of either script."""
    return request.args.get(name, default, type=int)


def flag(name: str) -> bool:
    """Say whether the address asks for ``name``: anything but a word for no."""
    return request.args.get(name, "").casefold() not in {"", "no", "false", "0", "off"}


def ids(text: str) -> list[str]:
    """Return the ids in a comma-separated list."""
    return [part for part in text.split(",") if part]
