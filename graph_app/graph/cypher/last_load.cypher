// The newest load: its run, its mapping, and when it ended.
MATCH (s:Sync)
WHERE s.at IS NOT NULL
RETURN s {.run, .mapping, .at} AS load
LIMIT 1
