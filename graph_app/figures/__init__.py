"""Answers as other things than tables: what their columns hold, and what can be drawn of them.

* ``columns``   which column holds names, numbers or days
* ``chart``     bars and lines, as SVG
* ``timeline``  rows by the day that they speak of
* ``matrix``    one column against another
* ``sites``     entities that lie somewhere, for the map
"""

from graph_app.figures.columns import Shape, shape

__all__ = ["Shape", "shape"]
