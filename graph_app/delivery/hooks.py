"""Webhooks: what is posted, and the signature by which the receiver knows that it comes from here.

The headers and the signature are those of Standard Webhooks (standardwebhooks.com), for which there are libraries in
many languages: HMAC-SHA256 over the id, the timestamp and the body.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from graph_app import __version__
from graph_app.database.tables import Finding
from graph_app.delivery.dialling import Reach, post
from graph_app.errors import N_, DeliveryError

_PREFIX = "whsec_"


def new_secret() -> str:
    """Return a new secret to sign with."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, key: str, timestamp: int, body: bytes) -> str:
    """Return the value of the header ``webhook-signature``."""
    signed = b".".join((key.encode(), str(timestamp).encode(), body))
    made = hmac.new(base64.b64decode(secret.removeprefix(_PREFIX)), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def body(findings: Sequence[Finding], site: str, at: datetime) -> bytes:
    """Return what is posted: of each finding when, of what, and the changes with their cells; without any, a test."""
    entries = [_entry(one, site) for one in findings]
    kind = "watch.findings" if entries else "test"
    sent = {"type": kind, "timestamp": at.isoformat(), "data": {"findings": entries}}
    return json.dumps(sent, ensure_ascii=False).encode()


def _entry(one: Finding, site: str) -> dict[str, Any]:
    told = one.told
    changes = [{"kind": kind, "before": before, "after": after} for kind, before, after in told["changes"]]
    return {
        "id": one.key,
        "watch": one.watch,
        "found_at": one.found_at.isoformat(),
        "title": told["titles"],
        "address": site + told["path"],
        "question": told["question"] or None,
        "given": told["given"],
        "columns": told["columns"],
        "counts": told["counts"],
        "changes": changes,
        "complete": not told["cut"] and len(changes) == sum(told["counts"].values()),
        "problem": told.get("problem", {}).get("message"),
    }


def send(address: str, secret: str, key: str, sent: bytes, at: datetime, reach: Reach) -> None:
    """Post ``sent``, signed.

    Raises
    ------
    DeliveryError
        If it cannot be posted, or the answer is none that says it was taken.

    """
    timestamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Peyvand/{__version__}",
        "Connection": "close",
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, key, timestamp, sent),
    }
    status = post(address, sent, headers, reach)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        message = N_("It was answered with the status %(status)s; redirects are not followed.")
        raise DeliveryError(message, status=status, final=status == HTTPStatus.GONE)
