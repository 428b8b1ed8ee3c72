// What the graph says of itself: who loads it and how often it was loaded, and by which version its keys were made.
MATCH (n:Sync|Keys)
RETURN CASE WHEN n:Sync THEN 'Sync' ELSE 'Keys' END AS label, properties(n) AS properties
ORDER BY label
