// Remove entities with all that leads to them: for a rehearsal, in which not every tie that goes is written.
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
DETACH DELETE e
