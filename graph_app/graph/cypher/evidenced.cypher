// The first entities of which a source speaks, by its lines.
MATCH (e:Entity)-[claim:EVIDENCED_BY]->(:Source {id: $id})
RETURN e, claim
ORDER BY claim.source_line, claim.row_line, e.id
LIMIT $most
