"""Questions and entities that people watch: what is new, changed and gone since they last looked."""

from graph_app.watches.changes import Change, changes
from graph_app.watches.looking import MOST, look_at_entity, look_at_question
from graph_app.watches.watches import Watches

__all__ = ["MOST", "Change", "Watches", "changes", "look_at_entity", "look_at_question"]
