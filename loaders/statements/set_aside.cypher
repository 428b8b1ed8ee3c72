// Set ties of one type aside: what stands is removed and kept under another type. TYPE is put in from the vocabulary.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
OPTIONAL MATCH ()-[old:TYPE {id: row.id}]->()
USING INDEX old:TYPE(id)
DELETE old
MERGE (a)-[r:SET_ASIDE {id: row.id}]->(b)
SET r = row.properties
RETURN count(r) AS written
