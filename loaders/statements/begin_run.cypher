// Keep that a run is at work, and where in its changes it stands: at the beginning, unless it was cut off and counts
// them in the same order. A graph without agreements has nothing that an earlier version derived.
MERGE (s:Sync)
SET s.cursor = CASE WHEN s.running = $run AND s.layout = $layout THEN coalesce(s.cursor, 0) ELSE 0 END
SET s.running = $run, s.layout = $layout
SET s.derived = CASE WHEN EXISTS { MATCH (:Agreement) } THEN s.derived ELSE $derived END
