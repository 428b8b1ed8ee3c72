// Those of the sources of these things that speak of nothing else; with all of which they speak.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[:EVIDENCED_BY]->(s:Source)
WITH DISTINCT s
WHERE NOT EXISTS {
  MATCH (s)<-[:EVIDENCED_BY]-(o:Entity)
  WHERE o <> s AND $levels[o.id] IS NULL
}
RETURN s.id AS id, COLLECT { MATCH (s)<-[:EVIDENCED_BY]-(o:Entity) WHERE o <> s RETURN DISTINCT o.id } AS things
