// What is stated about pairs of entities that may be one.
MATCH (a:Entity)-[r:POSSIBLY_SAME_AS]->(b:Entity)
RETURN a.id AS first, b.id AS second, r.decision AS decision, r.reason AS reason
ORDER BY first, second, r.id
