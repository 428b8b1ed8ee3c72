// Entities and all drawn ties among them.
MATCH (a:Entity)
WHERE a.id IN $ids
OPTIONAL MATCH (a)-[r]->(b:Entity)
WHERE b.id IN $ids AND type(r) IN $types
RETURN a, r, b
