// The agreements that have anything to do with these things.
UNWIND $ids AS id
MATCH (e:Entity {id: id})--(a:Agreement)
RETURN DISTINCT a.id AS id
