// All ties of one type between two entities, whichever way they run, each with its source.
MATCH (a:Entity {id: $start})-[r]-(b:Entity {id: $end})
WHERE type(r) = $type
OPTIONAL MATCH (source:Source {id: r.source})
RETURN a, b, r, source
ORDER BY coalesce(r.rank, '') = 'deprecated', coalesce(r.rank, '') <> 'preferred', r.reported_on DESC, r.id
