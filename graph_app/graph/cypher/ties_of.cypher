// The first ties of one entity by type and direction, each with neighbour and source, and how many neighbours there
// are. One statement for all types: the server would plan one with a branch per type for many seconds.
MATCH (e:Entity {id: $id})-[r]-(n:Entity)
WHERE type(r) IN $types AND n <> e
WITH e, type(r) AS type,
  CASE
    WHEN type(r) IN $symmetric THEN 'both'
    WHEN startNode(r) = e THEN 'out'
    ELSE 'in'
  END AS direction,
  count(DISTINCT n) AS neighbours
CALL (e, type, direction) {
  MATCH (e)-[r]-(n:Entity)
  WHERE type(r) = type AND n <> e AND (direction = 'both' OR (direction = 'out') = (startNode(r) = e))
  WITH r, n
  ORDER BY coalesce(n.is_group, FALSE), coalesce(n.name_en, n.name_fa), n.id, r.id
  LIMIT $most
  RETURN r, n
}
OPTIONAL MATCH (source:Entity:Source {id: r.source})
RETURN e, r, n, source, direction, neighbours
