// A write that matches nothing.
MATCH (n:Entity {id: "canary"})
SET n.id = n.id
RETURN n
