"""What ``/api/v1`` takes and answers, written once beside each view: checked when asked, and told as OpenAPI.

* ``operation``   one address: its summary, its parameters, the shape of its answer; ``described`` says it of a view
* ``parameters``  what several addresses take; ``ways`` what the search for ways takes
* ``answers``, ``pictures``, ``records``  the shapes of the answers
* ``document``    all of it as an OpenAPI 3.1 document
"""

from graph_app.views.contract.operation import Operation, described, operation_of

__all__ = ["Operation", "described", "operation_of"]
