// Keep that the run came to its end, and count it. Nothing happens the second time.
MATCH (s:Sync {running: $run})
SET s.serial = coalesce(s.serial, 0) + 1, s.run = $run, s.running = NULL, s.mapping = $mapping, s.at = $at
SET s.derived = $derived
REMOVE s.cursor, s.layout
