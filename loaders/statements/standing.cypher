// Where ties of one type stand, and what they say. TYPE is put in from the vocabulary.
UNWIND $ids AS id
MATCH (a:Entity)-[r:TYPE {id: id}]->(b:Entity)
USING INDEX r:TYPE(id)
RETURN id AS id, a.id AS start, b.id AS end, properties(r) AS properties
