// Neighbours by one type and direction that are not shown yet, the best connected first.
MATCH (e:Entity {id: $id})-[r]-(n:Entity)
WHERE type(r) = $type
  AND n <> e
  AND NOT n.id IN $shown
  AND ($direction = 'both' OR ($direction = 'out') = (startNode(r) = e))
WITH DISTINCT n
ORDER BY coalesce(n.is_group, FALSE), COUNT { (n)--() } - COUNT { (n)-[:HAD_STATUS|SET_ASIDE]-() } DESC, n.id
WITH collect(n.id) AS ids
RETURN ids[..$limit] AS ids, size(ids) AS count
