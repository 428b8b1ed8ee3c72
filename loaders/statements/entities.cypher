// What the graph holds of these entities, with what each source claims of them; a mere mention claims nothing.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)-[c:EVIDENCED_BY]->(s:Entity)
WHERE c.evidence_kind IS NULL
RETURN e AS entity, collect(CASE WHEN c IS NULL THEN NULL ELSE [s.id, properties(c)] END) AS claims
