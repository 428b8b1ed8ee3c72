// Make periods in which an agreement had a status.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (s:Status {id: row.end})
CREATE (a)-[r:HAD_STATUS]->(s)
SET r = row.properties
RETURN count(r) AS written
