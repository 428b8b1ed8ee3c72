// A batch of entities in the order of their ids, each with all that leaves it: ties, and the statuses that it had.
MATCH (e:Entity)
WHERE e.id > $after
WITH e
ORDER BY e.id
LIMIT $batch
RETURN e.id AS id, labels(e) AS labels, properties(e) AS properties,
  [(e)-[r]->(o:Entity) | [type(r), o.id, properties(r)]] AS ties,
  [(e)-[r:HAD_STATUS]->(s:Status) | [s.id, properties(r)]] AS periods
ORDER BY id
