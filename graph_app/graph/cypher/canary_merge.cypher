// A write that may find everything there already.
MERGE (n:Entity {id: "canary"})
RETURN n
