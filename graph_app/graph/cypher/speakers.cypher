// Who made each of these statements.
MATCH (statement:Statement)<-[r:SAID]-(speaker:Entity)
WHERE statement.id IN $ids
  AND coalesce(r.rank, '') <> 'deprecated'
RETURN DISTINCT statement.id AS id, speaker
ORDER BY id, speaker.id
