// Mark entities as confidential, or take the mark away.
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e.secrecy = row.secrecy
