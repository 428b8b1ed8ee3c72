"""What people do when they explore: search, look around, look closely. Each function asks the graph once or twice.

* ``search``         entities by any spelling of their names
* ``neighbourhood``  what is around an entity, and the ties within a picture
* ``paths``          how two entities are connected, and what leads to one (``web``, ``path``, ``telling``)
* ``common``         what several entities have in common
* ``lifecycle``      how agreements stand on a day: the look-up that everything uses
* ``profile``        everything known of one entity or one tie, with evidence
* ``sources``        one source and all that it states
* ``claims``         who says a fact, and where they contradict each other
* ``quotations``     what people said
* ``overview``       the graph as a whole, for the home page
* ``quality``        what in the data wants a look
"""
