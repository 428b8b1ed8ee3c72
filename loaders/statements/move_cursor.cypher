// Count the changes that this transaction writes, unless they were counted before; and say where the run stood. The
// node is locked first, so that what is read of it holds to the end of the transaction.
MATCH (s:Sync {running: $run})
SET s.running = $run
WITH s, coalesce(s.cursor, 0) AS cursor
SET s.cursor = CASE WHEN cursor = $at THEN $to ELSE cursor END
RETURN cursor
