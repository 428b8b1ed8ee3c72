// Make entities with the same labels that the graph does not hold. LABELS are put in from the vocabulary.
UNWIND $rows AS row
CREATE (e:LABELS)
SET e = row.properties
RETURN count(e) AS written
