// What the graph holds of these ties. TYPE is put in from the vocabulary.
UNWIND $ids AS id
MATCH ()-[r:TYPE {id: id}]->()
USING INDEX r:TYPE(id)
RETURN id AS id, properties(r) AS properties
