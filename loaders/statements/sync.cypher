// Who loads this graph, how many loads it had, which run was the last to end and which one is at work.
OPTIONAL MATCH (s:Sync)
RETURN s.installation AS installation, s.graph AS graph, coalesce(s.serial, 0) AS serial, s.run AS run,
  s.running AS running
LIMIT 1
