// The first lines of a source that merely mention an entity.
MATCH (e:Entity)-[claim:EVIDENCED_BY {evidence_kind: 'mention'}]->(:Entity:Source {id: $id})
RETURN e, claim
ORDER BY claim.source_line, claim.row_line, e.id
LIMIT $most
