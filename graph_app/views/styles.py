"""The colours of types and states as a style sheet, straight from the vocabulary."""

from collections.abc import Iterator

from flask import Blueprint, Response

from graph_app.vocabulary import vocabulary

bp = Blueprint("styles", __name__)


@bp.get("/types.css")
def types() -> Response:
    """Answer one rule per type and one per state."""
    answer = Response("\n".join(_rules()), mimetype="text/css")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _rules() -> Iterator[str]:
    words = vocabulary()
    for label in words.labels.values():
        yield f".label-{label.icon} {{ background: {label.colour}; }}"
    for name, state in words.states.items():
        # mixed with the text colour, so that the sign is seen on a light and on a dark ground
        yield f".state-{name} .sign {{ color: color-mix(in srgb, {state.colour} 80%, var(--text)); }}"
        yield f".bar-{name} {{ fill: {state.colour}; }}"
