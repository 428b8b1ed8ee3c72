// The ties of one entity, each with its neighbour and its source.
MATCH (e:Entity {id: $id})-[r]-(n:Entity)
WHERE type(r) IN $types
OPTIONAL MATCH (source:Source {id: r.source})
RETURN e, r, n, source
ORDER BY type(r), coalesce(n.is_group, FALSE), COALESCE(n.name_en, n.name_fa), r.id
