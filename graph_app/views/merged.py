"""Addresses of entities that were merged lead to the one that is kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, request, url_for

from graph_app.errors import NotFoundError
from graph_app.exploration import merged
from graph_app.views import store


def following(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let the page ``view`` of an entity lead on if that was merged into another one; a merging can be taken back."""

    @wraps(view)
    def shown(entity: str) -> Any:  # noqa: ANN401 - whatever the page answers
        try:
            return view(entity)
        except NotFoundError:
            kept = merged.instead(store(), [entity]).get(entity)
            if kept is None or request.endpoint is None:
                raise
        asked = request.query_string.decode()
        return redirect(url_for(request.endpoint, entity=kept) + (f"?{asked}" if asked else ""))

    return shown
