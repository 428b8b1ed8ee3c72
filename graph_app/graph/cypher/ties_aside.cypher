// The first ties of one entity that were set aside, each with neighbour and source.
MATCH (e:Entity {id: $id})-[r:SET_ASIDE]-(n:Entity)
WHERE r.type <> 'EVIDENCED_BY'
WITH e, r, n
ORDER BY coalesce(n.name_en, n.name_fa), n.id, r.id
LIMIT $most
OPTIONAL MATCH (source:Entity:Source {id: r.source})
RETURN e, r, n, source
