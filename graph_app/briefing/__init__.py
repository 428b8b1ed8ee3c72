"""A picture taken out of the app: a page to print, a drawing, tables, a graph for other programs, a page of its own.

Whatever the form, it says what it is called, when and by which filters it was made, and who states what is in it.
"""

from graph_app.briefing.annotations import Note
from graph_app.briefing.content import Briefing, Line, Said, Wish, briefing

__all__ = ["Briefing", "Line", "Note", "Said", "Wish", "briefing"]
