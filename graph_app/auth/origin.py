"""Forms of other sites are refused: the browser says where a request comes from, and scripts cannot change that.

The rule is that of Go's ``CrossOriginProtection``: for methods that change something, ``Sec-Fetch-Site`` must be
``same-origin`` or ``none``; a browser that does not send it sends ``Origin``, which must be this host. Who sends
neither is no browser, and has no cookies that somebody else could use.
"""

from urllib.parse import urlsplit

from flask import Request

from graph_app.auth.extension import SAFE
from graph_app.errors import N_, AccessError


def check(request: Request) -> None:
    """Refuse a request that would change something and comes from another site.

    Raises
    ------
    AccessError
        If it does.

    """
    if request.method in SAFE or comes_from_here(request):
        return
    raise AccessError(N_("This was sent from another site. Open the page here and send it again."))


def check_reading(request: Request) -> None:
    """Refuse what a page of another site embeds or fetches, for where nobody has to sign in.

    Such a page cannot read the answer, but it can keep us busy, and tell by the time or the size what is here. Links
    from other sites lead here all the same.

    Raises
    ------
    AccessError
        If it is that.

    """
    headers = request.headers
    if headers.get("Sec-Fetch-Site") == "cross-site" and headers.get("Sec-Fetch-Mode") != "navigate":
        raise AccessError(N_("This was sent from another site. Open the page here and send it again."))


def comes_from_here(request: Request) -> bool:
    """Say whether a request comes from a page of this site, from the address bar, or from no browser."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site:
        return site in {"same-origin", "none"}
    return not origin or _host(origin) == request.host


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no browser sends such a one
        return None
