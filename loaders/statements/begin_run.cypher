// Keep that a run is at work.
MERGE (s:Sync)
SET s.running = $run
