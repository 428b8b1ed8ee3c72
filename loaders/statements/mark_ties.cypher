// Mark ties of one type as confidential, or take the mark away. TYPE is put in from the vocabulary.
UNWIND $rows AS row
MATCH ()-[r:TYPE {id: row.id}]->()
USING INDEX r:TYPE(id)
SET r.secrecy = row.secrecy
