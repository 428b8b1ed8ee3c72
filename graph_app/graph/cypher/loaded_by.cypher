// Which installation loads this graph, the key of the graph, and how many loads it had.
MATCH (s:Sync)
RETURN s.installation AS installation, s.graph AS graph, coalesce(s.serial, 0) AS serial
LIMIT 1
