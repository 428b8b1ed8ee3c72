// The first entities that a source describes, by its lines, with the claims that were set aside; where it merely
// mentions one is another list.
MATCH (e:Entity)-[claim:EVIDENCED_BY|SET_ASIDE]->(:Entity:Source {id: $id})
WHERE (type(claim) = 'EVIDENCED_BY' OR claim.type = 'EVIDENCED_BY') AND claim.evidence_kind IS NULL
RETURN e, claim
ORDER BY claim.source_line, claim.row_line, e.id
LIMIT $most
