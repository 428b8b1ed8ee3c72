// One tie by its id. TYPE is put in from the vocabulary: an index belongs to one type.
MATCH (a:Entity)-[r:TYPE {id: $id}]->(b:Entity)
RETURN a, r, b
