// The first ties of one type that a source states, by its lines. TYPE is put in from the vocabulary.
MATCH (a:Entity)-[r:TYPE {source: $id}]->(b:Entity)
RETURN a, r, b
ORDER BY r.source_line, r.row_line, r.id
LIMIT $most
