// Whether what is confidential is being marked, or that was cut off.
MATCH (s:Sync)
RETURN coalesce(s.marking, FALSE) AS marking
