// How many changes of this run are in the graph, and by which version its derived ties were made.
MATCH (s:Sync {running: $run})
RETURN coalesce(s.cursor, 0) AS cursor, s.derived AS derived
