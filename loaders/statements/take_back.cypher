// Let ties of one type stand again that were set aside. TYPE is put in from the vocabulary.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
OPTIONAL MATCH ()-[old:SET_ASIDE {id: row.id}]->()
USING INDEX old:SET_ASIDE(id)
DELETE old
MERGE (a)-[r:TYPE {id: row.id}]->(b)
SET r = row.properties
RETURN count(r) AS written
