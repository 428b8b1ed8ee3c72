"""Each request has an id, which its answer, its lines in the log and its line in the audit bear; and it is counted."""

import logging
import random
import re
import time

from flask import Flask, Response, current_app, g, request

from graph_app import logs
from graph_app.auth.visitor import is_local
from graph_app.metrics import Metrics
from graph_app.settings import Settings

HEADER = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_log = logging.getLogger("peyvand.access")


def init_app(app: Flask) -> None:
    """Begin with every request, and end with its answer."""
    app.extensions["metrics"] = counted = Metrics()
    app.before_request(lambda: _begin(counted))
    app.after_request(lambda response: _end(response, counted))


def _begin(counted: Metrics) -> None:
    """Take the id that a proxy of ours gave, if it looks like one; else make one."""
    sent = request.headers.get(HEADER, "")
    g.request_id = sent if _ID.fullmatch(sent) and _trusted() else f"{random.getrandbits(64):016x}"
    g.begun = time.perf_counter()
    logs.request_id.set(g.request_id)
    counted.begun()


def _trusted() -> bool:
    """Say whether an id that was sent comes from a proxy of ours, or from this machine."""
    settings: Settings = current_app.extensions["settings"]
    return bool(settings.text("PEYVAND_PROXY")) or is_local(request)


def _end(response: Response, counted: Metrics) -> Response:
    """Tell of the request by the name of its address: the address itself may hold a secret, or what somebody seeks."""
    seconds = time.perf_counter() - g.begun
    route, method = request.endpoint or "none", request.method if request.url_rule else "any"
    counted.ended(route, method, response.status_code, seconds)
    response.headers[HEADER] = g.request_id
    told = {
        "route": route,
        "method": request.method,
        "status": response.status_code,
        "milliseconds": round(1000 * seconds, 1),
        "address": request.remote_addr or "",
    }
    _log.info("%s %s", route, response.status_code, extra={"told": told})
    return response
