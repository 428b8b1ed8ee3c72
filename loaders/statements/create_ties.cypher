// Make ties of one type that the graph does not hold; what many lead to is sought once. TYPE is from the vocabulary.
UNWIND $rows AS row
WITH row.end AS end, collect(row) AS rows
MATCH (b:Entity {id: end})
UNWIND rows AS row
MATCH (a:Entity {id: row.start})
CREATE (a)-[r:TYPE]->(b)
SET r = row.properties
RETURN count(r) AS written
