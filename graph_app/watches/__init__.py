"""Questions, entities and duties that people watch: what is new, changed and gone since they last looked, or were told.

* ``looking``   what a watch shows now
* ``changes``   what differs between two looks
* ``watches``   whose watches there are, and what their owner has seen
* ``checking``  looking at all of them after a load
* ``findings``  what that found, kept once
* ``wording``   all of it in words
"""

from graph_app.watches.changes import Change, changes
from graph_app.watches.checking import Checked, check, look
from graph_app.watches.looking import MOST
from graph_app.watches.watches import Watches

__all__ = ["MOST", "Change", "Checked", "Watches", "changes", "check", "look"]
