"""What every answer says to the browser: where scripts may come from, who may frame us, what may be kept."""

from flask import Flask, Response, abort, current_app, request

from graph_app.auth.extension import accounts

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with less, forms come without Origin where browsers do not send Sec-Fetch-Site
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


def init_app(app: Flask) -> None:
    """Refuse requests under another host name, and add the headers to every answer."""
    app.before_request(_known_host)
    app.after_request(_add)


def _known_host() -> None:
    """Refuse a page of another site that had its name point at this machine (DNS rebinding).

    Names of PEYVAND_HOSTS count once there are accounts: before, only this machine is served.
    """
    name, _colon, port = request.host.rpartition(":")
    host = (name if port.isdecimal() else request.host).casefold()
    if host not in _HOSTS and not (host in current_app.config["HOSTS"] and accounts().exist()):
        abort(400)


def _add(response: Response) -> Response:
    headers = response.headers
    there = {name.casefold() for name, _value in headers}
    for name, value in _HEADERS.items():
        if name.casefold() not in there:
            headers.add(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
        )
    else:
        response.headers.setdefault("Cache-Control", "no-store, private")
    return response
