// How many entities are there of which nothing but sources that call themselves fictional speaks.
MATCH (s:Source)
WHERE s.fictional
MATCH (e:Entity)-[:EVIDENCED_BY]->(s)
WITH DISTINCT e
WHERE NOT EXISTS { MATCH (e)-[:EVIDENCED_BY]->(o:Source) WHERE NOT coalesce(o.fictional, FALSE) }
RETURN count(e) AS count
