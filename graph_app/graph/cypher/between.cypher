// All ties of one type between two entities, whichever way they run, each with its source; those set aside too.
MATCH (a:Entity {id: $start})-[r]-(b:Entity {id: $end})
WHERE type(r) = $type OR (type(r) = 'SET_ASIDE' AND r.type = $type)
OPTIONAL MATCH (source:Entity:Source {id: r.source})
RETURN a, b, r, source
