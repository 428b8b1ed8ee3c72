// A batch of entities in the order of their ids, each with the claims that leave it; derived ties are no claims.
MATCH (e:Entity)
WHERE e.id > $after
WITH e
ORDER BY e.id
LIMIT $batch
RETURN e.id AS id, labels(e) AS labels, properties(e) AS properties,
  [(e)-[r]->(o:Entity) WHERE NOT type(r) IN $derived | [type(r), o.id, properties(r)]] AS ties
ORDER BY id
