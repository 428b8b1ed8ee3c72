// One entity, if the graph holds any.
MATCH (e:Entity)
RETURN e.id AS id
LIMIT 1
