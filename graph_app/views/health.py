"""For whoever watches over the process: whether it lives, is ready, and its figures. Nothing of the graph."""

import hmac
import os
from collections.abc import Mapping
from http import HTTPStatus

import psutil
from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from graph_app import __version__
from graph_app.auth.extension import database
from graph_app.auth.visitor import is_local
from graph_app.errors import N_, AccessError, StoreError
from graph_app.metrics import TYPE, Metrics
from graph_app.settings import Settings
from graph_app.views import graph
from graph_app.views.known import away, pulse

bp = Blueprint("health", __name__)
_WITHIN = 2.0  # seconds; whoever asks waits no longer than three


@bp.get("/health/live")
def live() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "alive", "version": __version__})


@bp.get("/health/ready")
def ready() -> tuple[Response, HTTPStatus]:
    """Say whether both databases answer; 503 if one does not."""
    parts = {"database": _database_answers(), "graph": _graph_answers()}
    whole = all(parts.values())
    told = {name: "answers" if well else "does not answer" for name, well in parts.items()}
    status = HTTPStatus.OK if whole else HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify({"status": "ready" if whole else "not ready", **told}), status


@bp.get("/metrics")
def metrics() -> Response:
    """Answer the figures for Prometheus: to this machine or, with the token of the setting, to another.

    Raises
    ------
    AccessError
        If another machine asks without the token.

    """
    if not (is_local(request) or _has_token()):
        raise AccessError(N_("Figures are told to this machine alone, or for the token PEYVAND_METRICS_TOKEN."))
    counted: Metrics = current_app.extensions["metrics"]
    return Response(counted.text(_gauges()), content_type=TYPE)


def _has_token() -> bool:
    settings: Settings = current_app.extensions["settings"]
    token = settings.secret("PEYVAND_METRICS_TOKEN").encode()
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ").strip().encode()
    return bool(token) and hmac.compare_digest(token, sent)


def _gauges() -> Mapping[str, tuple[str, float]]:
    process, journal = psutil.Process(os.getpid()), database().journal
    times = process.cpu_times()
    return {
        "peyvand_audit_waiting": ("Lines of the audit that are not written yet.", journal.waiting),
        "peyvand_audit_lost_total": ("Lines of the audit that only the log has.", journal.lost),
        "peyvand_graph_away": ("1 while Neo4j does not answer.", int(away())),
        "process_cpu_seconds_total": ("Time of processors used.", round(times.user + times.system, 2)),
        "process_resident_memory_bytes": ("Memory in use.", process.memory_info().rss),
        "process_open_fds": ("Open files and connections.", process.num_fds()),
        "process_threads": ("Threads.", process.num_threads()),
        "process_start_time_seconds": ("When it began, in seconds since 1970.", round(process.create_time())),
    }


def _database_answers() -> bool:
    try:
        with database().reading() as session:
            session.scalar(select(1))
    except SQLAlchemyError:
        return False
    return True


def _graph_answers() -> bool:
    try:
        if found := pulse():
            return found.beats(_WITHIN)
        graph().table("RETURN 1 AS one", seconds=1)
    except StoreError:
        return False
    return True
