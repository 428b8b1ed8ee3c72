// How many neighbours an entity has by type and direction, and how many of them are not shown yet.
MATCH (e:Entity {id: $id})-[r]-(n:Entity)
WHERE type(r) IN $types AND n <> e AND coalesce(r.rank, '') <> 'deprecated'
WITH type(r) AS type,
  CASE
    WHEN type(r) IN $symmetric THEN 'both'
    WHEN startNode(r) = e THEN 'out'
    ELSE 'in'
  END AS direction,
  n
RETURN type, direction, count(DISTINCT n) AS count,
  count(DISTINCT CASE WHEN n.id IN $shown THEN NULL ELSE n END) AS new
ORDER BY count DESC, type, direction
