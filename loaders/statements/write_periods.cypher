// Make or replace periods in which an agreement had a status.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MERGE (s:Status {id: row.end})
MERGE (a)-[r:HAD_STATUS {id: row.id}]->(s)
SET r = row.properties
