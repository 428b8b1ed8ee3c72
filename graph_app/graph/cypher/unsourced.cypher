// Which of these entities no source speaks of.
MATCH (e:Entity)
WHERE e.id IN $ids
  AND NOT EXISTS { (e)-[:EVIDENCED_BY]->() }
RETURN e.id AS id
