// What the graph holds of these entities, with what each source claims of them.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)-[c:EVIDENCED_BY]->(s:Entity)
RETURN e AS entity, collect(CASE WHEN c IS NULL THEN NULL ELSE [s.id, properties(c)] END) AS claims
