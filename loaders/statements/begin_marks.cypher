// Say of the graph that what is confidential is being marked.
MATCH (s:Sync)
SET s.marking = TRUE
