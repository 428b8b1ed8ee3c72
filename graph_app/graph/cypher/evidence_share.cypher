// How many facts there are, and how many of them say where they are written.
CALL () {
  MATCH (e:Entity)
  RETURN count(e) AS entities,
    sum(CASE WHEN e.rank = 'deprecated' OR EXISTS { (e)-[:EVIDENCED_BY]->() } THEN 1 ELSE 0 END) AS evidenced
}
CALL () {
  MATCH (:Entity)-[r]->(:Entity)
  WHERE type(r) IN $claimed
  RETURN count(r) AS ties, count(r.source) AS sourced
}
RETURN entities, evidenced, ties, sourced
