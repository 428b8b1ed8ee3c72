"""The gate for statements that nobody has reviewed: they read this graph and nothing else, or they do not run.

* ``text``    the text: clear refusals with line and column
* ``depth``   nesting and length that the server or the driver does not survive
* ``loops``   loops that Neo4j could not stop
* ``bounds``  the numbers that the ends of a range may be
* ``cases``   where CASE parts and ends
* ``words``   words that are no names
* ``growth``  values that could grow, loops that could run beyond what it survives, by the estimates of ``size``
* ``patterns`` regular expressions without end
* ``plan``    the wall: the server's own plan against the lists in ``allowed.yaml``
* ``canary``  whether the server at hand can be trusted with what is left
* ``passage`` one statement through all of that within one limit of time
* ``places``  how many at once, each on a line of its own
* ``gate``    whom it opens for
* ``bare``    a statement without the values typed into it, for the audit
"""

from graph_app.graph.guard.canary import Check, Status
from graph_app.graph.guard.gate import Found, Gate
from graph_app.graph.guard.plan import Plan

__all__ = ["Check", "Found", "Gate", "Plan", "Status"]
