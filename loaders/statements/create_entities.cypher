// Make entities that the graph does not hold. The labels of each come from the vocabulary.
UNWIND $rows AS row
CREATE (e:Entity)
SET e = row.properties
SET e:$(row.labels)
RETURN count(e) AS written
