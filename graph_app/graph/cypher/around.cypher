// The ties of an entity to those that are not shown yet, with these.
MATCH (e:Entity {id: $id})-[r]-(n:Entity)
WHERE type(r) IN $types AND n <> e AND NOT n.id IN $shown
RETURN e, r, n
LIMIT $most
