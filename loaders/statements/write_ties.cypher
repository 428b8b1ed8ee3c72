// Make or replace ties of one type. TYPE is put in from the vocabulary.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
MERGE (a)-[r:TYPE {id: row.id}]->(b)
SET r = row.properties
RETURN count(r) AS written
