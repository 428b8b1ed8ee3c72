// The agreements whose status or twinning can follow from these things: agreements, what acts on them or is about
// them, and what they succeed.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)-[:ACTS_ON|ABOUT|SET_UP_UNDER]->(o:Agreement)
WITH collect(DISTINCT o) + collect(DISTINCT CASE WHEN e:Agreement THEN e END) AS found
UNWIND found AS a
OPTIONAL MATCH (a)-[:SUCCEEDS]->(earlier:Agreement)
UNWIND [a, earlier] AS one
WITH DISTINCT one
WHERE one IS NOT NULL
RETURN one.id AS id
