"""Texts that people take facts from: an article or a letter as a source with numbered lines, and what it states.

What is taken is an edit (``graph_app.editing``) whose rows are those of the mapping ``texts``: the tables of the
founding example, so that they load elsewhere as those do.

* ``lines``    a text as numbered lines, and whether a quotation stands in them
* ``sent``     the text of a file that was sent: plain text, DOCX, ODT, HTML
* ``marking``  the known names in a text
* ``rows``     cells that say again what an entity is called, and of which kind it is
* ``ties``     ties between two entities, with the ends that each may have
* ``told``     rows of what else a passage can say
* ``fresh``    rows of what is new to the graph, and of the text itself
* ``kinds``    what can be taken, with its form
* ``texts``    the texts that are kept
* ``desk``     making a source of a text, taking from it
* ``facts``    what was taken, line by line
* ``export``   what was taken, as tables
"""
