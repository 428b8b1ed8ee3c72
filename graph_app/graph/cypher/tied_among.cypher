// Which of some entities are tied, each pair once for each way.
MATCH (a:Entity)
WHERE a.id IN $ids
MATCH (a)-[r]->(b:Entity)
WHERE type(r) IN $types AND b.id IN $ids
RETURN a.id AS id, collect(DISTINCT b.id) AS others
