// How many entities and ties do not say where they are written.
CALL () {
  MATCH (e:Entity)
  WHERE NOT EXISTS { (e)-[:EVIDENCED_BY]->() } AND coalesce(e.rank, '') <> 'deprecated'
  RETURN count(e) AS entities
}
CALL () {
  MATCH (:Entity)-[r]->(:Entity)
  WHERE type(r) IN $claimed AND r.source IS NULL
  RETURN count(r) AS ties
}
RETURN entities, ties
