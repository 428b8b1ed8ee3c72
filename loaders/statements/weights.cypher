// How many ties these entities have.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id, COUNT { (e)--(:Entity) } AS weight
