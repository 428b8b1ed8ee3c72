// Tie the graph to an installation. The graph gets a key of its own, unless it has one.
MERGE (s:Sync)
SET s.installation = $installation, s.graph = coalesce(s.graph, $graph), s.serial = coalesce(s.serial, 0)
