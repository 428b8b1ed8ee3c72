// Remove what the graph says of its loads and of its keys.
MATCH (n:Sync|Keys)
DELETE n
