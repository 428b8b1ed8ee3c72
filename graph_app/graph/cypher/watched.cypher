// An entity, and one row for each tie that can be drawn, with its other end; at least one row.
MATCH (e:Entity {id: $id})
OPTIONAL MATCH (e)-[r]-(other:Entity)
WHERE type(r) IN $types AND coalesce(r.rank, '') <> 'deprecated' AND other <> e
WITH DISTINCT e, type(r) AS type, startNode(r) = e AS out, other
RETURN e, type, out, other
ORDER BY type, out, other.id
