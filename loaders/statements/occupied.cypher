// One thing, if the graph holds any but what tells of loading.
MATCH (n)
WHERE NOT n:Sync AND NOT n:Keys AND NOT n:Status
RETURN labels(n) AS labels
LIMIT 1
