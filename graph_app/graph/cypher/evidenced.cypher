// The first entities that a source describes, by its lines; where it merely mentions one is another list.
MATCH (e:Entity)-[claim:EVIDENCED_BY]->(:Source {id: $id})
WHERE claim.evidence_kind IS NULL
RETURN e, claim
ORDER BY claim.source_line, claim.row_line, e.id
LIMIT $most
