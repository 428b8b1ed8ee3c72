"""What templates show of our own classes: the kind of a term, and the class of a twinning with its three questions."""

from flask import Flask

from graph_app.lifecycle.classes import CRITERIA, is_twinning, term_kind, twinning_class


def init_app(app: Flask) -> None:
    """Give templates the filters of this module; each takes the properties of an agreement."""
    app.jinja_env.filters.update(term_kind=term_kind, is_twinning=is_twinning, twinning_class=twinning_class)
    app.jinja_env.globals.update(criteria=CRITERIA)
