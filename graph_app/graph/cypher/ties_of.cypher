// The first ties of one entity, each with neighbour and source. TYPE is put in from the vocabulary, once per type.
MATCH (e:Entity {id: $id})-[r:TYPE]->(n:Entity)
WITH e, r, n
ORDER BY coalesce(n.is_group, FALSE), coalesce(n.name_en, n.name_fa), n.id, r.id
LIMIT $most
OPTIONAL MATCH (source:Source {id: r.source})
RETURN e, r, n, source
UNION ALL
MATCH (e:Entity {id: $id})<-[r:TYPE]-(n:Entity)
WHERE n <> e
WITH e, r, n
ORDER BY coalesce(n.is_group, FALSE), coalesce(n.name_en, n.name_fa), n.id, r.id
LIMIT $most
OPTIONAL MATCH (source:Source {id: r.source})
RETURN e, r, n, source
