"""The graph: the driver wrapped once, the schema, and results as plain typed values."""

from graph_app.without import import_without

# it takes parameters from these too, which none of us gives it: 30 MB and half a second
import_without("neo4j", ("numpy", "pandas", "pyarrow"))
