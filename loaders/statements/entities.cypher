// What the graph holds of these entities, with what each source claims of them, set aside or not; a mere mention claims
// nothing.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)-[c:EVIDENCED_BY|SET_ASIDE]->(s:Entity)
WHERE (type(c) = 'EVIDENCED_BY' OR c.type = 'EVIDENCED_BY') AND c.evidence_kind IS NULL
RETURN e AS entity, collect(CASE WHEN c IS NULL THEN NULL ELSE [s.id, properties(c)] END) AS claims
