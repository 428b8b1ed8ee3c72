// Entities that may be one and about which nobody has decided.
MATCH (subject:Entity)-[tie:POSSIBLY_SAME_AS]->(object:Entity)
WHERE subject <> object AND coalesce(tie.decision, 'undecided') = 'undecided'
RETURN subject, tie, object, tie.reason AS reason
ORDER BY subject.id, object.id
LIMIT $most
