// Ties that say no source.
MATCH (subject:Entity)-[tie]->(object:Entity)
WHERE type(tie) IN $claimed AND tie.source IS NULL
RETURN subject, tie, object
ORDER BY subject.id, object.id, tie.id
LIMIT $most
