// Which sources speak of each of these entities; a mere mention and what was set aside do not count.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[claim:EVIDENCED_BY]->(s:Source)
WHERE claim.evidence_kind IS NULL
RETURN id, s, claim
ORDER BY id, claim.source_line, s.id
