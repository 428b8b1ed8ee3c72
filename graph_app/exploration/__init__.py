"""What people do when they explore: search, look around, look closely. Each function asks the graph once or twice.

* ``search``         entities by any spelling of their names
* ``neighbourhood``  what is around an entity, and the ties within a picture
* ``lifecycle``      how agreements stand on a day: the look-up that everything uses
* ``profile``        everything known of one entity, one tie or one source, with evidence
* ``overview``       the graph as a whole, for the home page
"""
