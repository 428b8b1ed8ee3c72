// How many neighbours of each entity are not in the picture.
MATCH (a:Entity)
WHERE a.id IN $ids
OPTIONAL MATCH (a)-[r]-(n:Entity)
WHERE type(r) IN $types AND NOT n.id IN $ids AND coalesce(r.rank, '') <> 'deprecated'
RETURN a.id AS id, count(DISTINCT n) AS count
