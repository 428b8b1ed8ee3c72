// Keep that a run is at work, and where in its changes it stands: at the beginning, unless it was cut off and counts
// them in the same order. A graph without agreements has nothing that an earlier version derived. The run is public, and
// readers who may not see everything read on, if neither it nor the graph has anything that is not for everybody; one
// that was not stays so when it goes on.
MERGE (s:Sync)
SET s.cursor = CASE WHEN s.running = $run AND s.layout = $layout THEN coalesce(s.cursor, 0) ELSE 0 END
SET s.public_run = CASE
  WHEN NOT $public OR (s.running = $run AND coalesce(s.public_run, '') <> $run) THEN NULL
  WHEN EXISTS { MATCH (e:Entity) WHERE e.secrecy IS NOT NULL } THEN NULL
  WHEN EXISTS { MATCH (e:Entity) WHERE e.confidentiality IN $words } THEN NULL
  ELSE $run
END
SET s.running = $run, s.layout = $layout
SET s.derived = CASE WHEN EXISTS { MATCH (:Agreement) } THEN s.derived ELSE $derived END
