"""The explorer in small, on the page of an entity or of two countries: a few entities, from which it grows in place."""

import math
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from graph_app.exploration import neighbourhood
from graph_app.exploration.profile import Profile
from graph_app.layout import Point
from graph_app.views import drawing, store
from graph_app.views.nearest import nearest

_WIDE, _HIGH = 300.0, 150.0  # half the axes of the ring, in pixels
_AROUND = 10  # entities around the one in the middle


def of_profile(profile: Profile) -> dict[str, Any]:
    """Return a small picture of an entity and its first neighbours, group by group, and how many are left out."""
    return around(profile.node.id, nearest(profile))


def around(centre: str, others: Sequence[str]) -> dict[str, Any]:
    """Return a small picture of ``centre`` and the first of ``others``, and how many of them are left out."""
    kept = others[:_AROUND]
    found, _hidden = neighbourhood.picture(store(), [centre, *kept])
    told = {"drawn": len(kept), "total": len(others), "centre": centre, "say": _words()}
    return drawing.drawn(found, _ring(centre, kept)) | told


def _words() -> dict[str, str]:
    return {
        "added": _("{count} added to the picture"),
        "nothing": _("Nothing that is not drawn yet is tied to it."),
        "hub": _("{name} has {count} neighbours that are not shown: choose which of them to add."),
        "failed": _("The answer did not come. Try again."),
    }


def _ring(centre: str, others: Sequence[str]) -> dict[str, Point]:
    """Return places on an ellipse around ``centre``, beginning at the top: every label has room."""
    turn = 2 * math.pi / max(1, len(others))
    ring = {id_: (_WIDE * math.sin(at * turn), -_HIGH * math.cos(at * turn)) for at, id_ in enumerate(others)}
    return ring | {centre: (0.0, 0.0)}
