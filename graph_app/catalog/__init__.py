"""Saved questions: ``queries/<subject>/<question>.cypher``, each a header in comments and one read-only statement.

* ``statement``   the Cypher text, as far as it must be understood: its ``$names`` and where it ends
* ``header``      the YAML at the top of the file, checked
* ``parameters``  what a question asks its reader for
* ``values``      the texts that people type, read as values for Bolt
* ``entities``    entities by id or by name
* ``question``    one question: read its values, ask it, get an answer
* ``checking``    whether the server takes a question and answers its example
* ``files``       the file of a question, checked as far as that goes without a server
* ``library``     all questions of one or more folders
* ``shelf``       the same as they are now, beside the user's own
"""

from graph_app.catalog.library import Catalog
from graph_app.catalog.question import Answer, Question
from graph_app.catalog.reading import Reading
from graph_app.catalog.values import ValuesError

__all__ = ["Answer", "Catalog", "Question", "Reading", "ValuesError"]
