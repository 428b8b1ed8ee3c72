// The ties that a source states. TYPE is put in from the vocabulary, once per type.
MATCH (a:Entity)-[r:TYPE {source: $id}]->(b:Entity)
RETURN a, r, b
