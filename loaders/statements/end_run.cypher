// Keep that the run came to its end, and count it. Nothing happens the second time.
MATCH (s:Sync {running: $run})
SET s.public_runs = coalesce(s.public_runs, 0) + CASE WHEN s.public_run = $run THEN 1 ELSE 0 END
SET s.serial = coalesce(s.serial, 0) + 1, s.run = $run, s.running = NULL, s.mapping = $mapping, s.at = $at
SET s.derived = $derived
REMOVE s.cursor, s.layout, s.public_run
