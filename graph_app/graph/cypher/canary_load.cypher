// A reading of what is not the graph.
LOAD CSV FROM $url AS row
RETURN row
LIMIT 1
