// Which of these entities there are.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id
