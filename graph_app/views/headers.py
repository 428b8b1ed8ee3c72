"""What every answer says to the browser: where scripts may come from, who may frame us, what may be kept."""

from flask import Flask, Response, abort, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
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
    """Refuse a page of another site that had its name point at this machine (DNS rebinding)."""
    host = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdecimal() else request.host
    if host not in _HOSTS:
        abort(400)


def _add(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
        )
    else:
        response.headers.setdefault("Cache-Control", "no-store, private")
    return response
