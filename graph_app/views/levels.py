"""How templates show how confidential something is, and what somebody may see."""

from flask import Flask

from graph_app.confidentiality import Clearance
from graph_app.views import language
from graph_app.vocabulary import vocabulary


def init_app(app: Flask) -> None:
    """Give templates the words for a clearance, and for the mark of an entity; empty where there is none."""
    app.jinja_env.filters.update(level_word=_word, secrecy_word=lambda step: _word(Clearance(step)) if step else "")


def _word(level: Clearance) -> str:
    return vocabulary().confidentialities[level.word].in_language(language())
