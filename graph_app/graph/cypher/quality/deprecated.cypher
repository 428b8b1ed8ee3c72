// Claims that were set aside, with the reason.
MATCH (subject:Entity)-[claim:SET_ASIDE]->(object:Entity)
OPTIONAL MATCH (named:Entity:Source {id: claim.source})
WITH subject, claim, object, named, claim.type = 'EVIDENCED_BY' AS entity
RETURN subject, CASE WHEN entity THEN NULL ELSE claim END AS tie, CASE WHEN entity THEN NULL ELSE object END AS object,
  CASE WHEN entity THEN object ELSE named END AS source, claim.rank_reason AS rank_reason, claim.source_line AS line
ORDER BY subject.id, object.id, claim.id
LIMIT $most
