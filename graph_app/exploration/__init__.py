"""What people do when they explore: search, look around, look closely. Each function asks the graph once or twice.

* ``search``         entities by any spelling of their names
* ``neighbourhood``  what is around an entity, and the ties within a picture
* ``profile``        everything known of one entity, one tie or one source, with evidence
* ``overview``       the graph as a whole, for the home page
"""
