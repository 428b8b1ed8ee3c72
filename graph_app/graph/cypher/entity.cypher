// One entity with what each source says of it; claims that were set aside are told too.
MATCH (e:Entity {id: $id})
OPTIONAL MATCH (e)-[claim:EVIDENCED_BY|SET_ASIDE]->(source:Source)
WHERE type(claim) = 'EVIDENCED_BY' OR claim.type = 'EVIDENCED_BY'
RETURN e, claim, source
