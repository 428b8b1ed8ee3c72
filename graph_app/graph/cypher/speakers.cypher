// Who made each of these statements.
MATCH (statement:Statement)<-[:SAID]-(speaker:Entity)
WHERE statement.id IN $ids
RETURN DISTINCT statement.id AS id, speaker
ORDER BY id, speaker.id
