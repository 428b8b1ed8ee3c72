"""The reader's choices of language, calendar and theme: said in an address once, remembered in a cookie."""

from urllib.parse import urlencode

from flask import Flask, Response, request

from graph_app.auth.sessions import cookie_name
from graph_app.views import remembered

CHOICES = {
    "lang": ("language", ("en", "fa")),
    "calendar": ("calendar", ("jalali", "gregorian")),
    "theme": ("theme", ("auto", "light", "dark")),
}
_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Remember choices, and let templates ask for them and link to them."""
    app.after_request(_remember)
    app.jinja_env.globals.update(theme=theme, here_with=here_with)


def theme() -> str:
    """Return the reader's theme: ``auto``, ``light`` or ``dark``."""
    chosen = request.args.get("theme") or remembered("theme")
    return str(chosen) if chosen in CHOICES["theme"][1] else "auto"


def here_with(name: str, value: str) -> str:
    """Return the address of this page with one choice changed."""
    arguments = {**request.args.to_dict(), name: value}
    return f"{request.path}?{urlencode(arguments)}"


def _remember(response: Response) -> Response:
    for name, (cookie, values) in CHOICES.items():
        chosen = request.args.get(name)
        if chosen in values and chosen != remembered(cookie):
            kept, secure = cookie_name(request, cookie), request.is_secure
            response.set_cookie(kept, str(chosen), max_age=_YEAR, samesite="Lax", httponly=True, secure=secure)
    return response
