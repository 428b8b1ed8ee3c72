// Say of the graph who loads it and how often it was loaded.
MERGE (s:Sync)
SET s = $properties
