// The first ties that a source states, by its lines. TYPE is put in from the vocabulary, once per type.
MATCH (a:Entity)-[r:TYPE {source: $id}]->(b:Entity)
RETURN a, r, b
ORDER BY r.source_line, r.row_line, r.id
LIMIT $most
