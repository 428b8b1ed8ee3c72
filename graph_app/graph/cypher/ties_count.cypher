// How many ties these entities have, evidence and what was set aside not counted.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id, COUNT { (e)--() } - COUNT { (e)-[:EVIDENCED_BY|HAD_STATUS|SET_ASIDE]-() } AS ties
