// Remove ties of one type. TYPE is put in from the vocabulary.
UNWIND $rows AS row
MATCH ()-[r:TYPE {id: row.id}]->()
USING INDEX r:TYPE(id)
DELETE r
