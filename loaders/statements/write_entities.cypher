// Make or replace entities. The labels of each come from the vocabulary; so do those that it loses.
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
SET e = row.properties
SET e:$(row.labels)
REMOVE e:$(row.lost)
RETURN count(e) AS written
