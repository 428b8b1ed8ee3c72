"""The graph: the driver wrapped once, the schema, and results as plain typed values."""
