// Remove entities with what was derived of them. An entity to which a claim still leads is refused by the server.
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
OPTIONAL MATCH (e)-[r:TWINNED_WITH|HAD_STATUS]-()
DELETE r
WITH DISTINCT e
DELETE e
