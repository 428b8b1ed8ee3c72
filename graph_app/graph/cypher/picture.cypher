// Entities and all drawn ties among them.
MATCH (a:Entity)
WHERE a.id IN $ids
OPTIONAL MATCH (a)-[r]->(b:Entity)
WHERE b.id IN $ids AND type(r) IN $types AND coalesce(r.rank, '') <> 'deprecated'
RETURN a, r, b
