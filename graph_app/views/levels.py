"""How confidential something is, and what somebody may see: how templates show it, and files that are taken away."""

import re
from typing import TypeVar

from flask import Flask, Response

from graph_app.confidentiality import Clearance
from graph_app.exploration import levels
from graph_app.exploration.levels import Level
from graph_app.views import language, store
from graph_app.vocabulary import vocabulary

AnyResponse = TypeVar("AnyResponse", bound=Response)
_NAME = re.compile(
    r"""(filename\*?=(?:UTF-8'')?"?)([^";]+?)(?=(?:\.\w+)?"?(?:;|$))"""
)  # up to its ending, in either form


def init_app(app: Flask) -> None:
    """Give templates the words for a clearance, and for the mark of an entity; empty where there is none."""
    app.jinja_env.filters.update(level_word=_word, secrecy_word=lambda step: _word(Clearance(step)) if step else "")


def labelled(answer: AnyResponse, level: Level | None) -> AnyResponse:
    """Let a file say in its name, and to programs in a header, how confidential it is: not all have a place for it."""
    if level:
        given = answer.headers.get("Content-Disposition", "")
        answer.headers["Content-Disposition"] = _NAME.sub(rf"\g<0>-{level.short}", given)
        answer.headers["X-Confidentiality"] = level.short
    return answer


def at_most(answer: AnyResponse) -> AnyResponse:
    """Let a file say how confidential it can be at most, for who asks."""
    return labelled(answer, levels.most(store()))


def on_paper(level: Level | None) -> str:
    """Return the line for a page that is printed; empty if there is nothing to say."""
    return level.line(language()) if level else ""


def _word(level: Clearance) -> str:
    return vocabulary().confidentialities[level.word].in_language(language())
