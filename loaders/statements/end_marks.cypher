// Say of the graph that all that is confidential is marked.
MATCH (s:Sync)
REMOVE s.marking
