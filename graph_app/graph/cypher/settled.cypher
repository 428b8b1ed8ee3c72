// Whether no load is at work but one that all may watch, and how many there were that not all may.
OPTIONAL MATCH (s:Sync)
RETURN s.running IS NULL OR coalesce(s.public_run = s.running, FALSE) AS settled,
  coalesce(s.serial, 0) - coalesce(s.public_runs, 0) AS others
LIMIT 1
