// Lead ties of one type to other ends: where they stood they are removed. TYPE is put in from the vocabulary.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
OPTIONAL MATCH ()-[old:TYPE {id: row.id}]->()
USING INDEX old:TYPE(id)
DELETE old
CREATE (a)-[r:TYPE]->(b)
SET r = row.properties
RETURN count(r) AS written
