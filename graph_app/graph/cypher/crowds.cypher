// Which of these entities have a crowd of neighbours that are not shown yet, and how many they are.
MATCH (e:Entity)
WHERE e.id IN $ids AND COUNT { (e)--() } > $crowd
MATCH (e)-[r]-(n:Entity)
WHERE type(r) IN $types AND n <> e AND NOT n.id IN $shown
WITH e.id AS id, count(DISTINCT n) AS new
WHERE new > $crowd
RETURN id, new
