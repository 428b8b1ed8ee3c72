// Claims that were set aside, with the reason. TYPE is put in, once per type.
CALL () {
  MATCH (subject:Entity)-[claim:TYPE {rank: 'deprecated'}]->(object:Entity)
  RETURN subject, claim, object
}
OPTIONAL MATCH (named:Entity {id: claim.source})
WITH subject, claim, object, named, type(claim) = 'EVIDENCED_BY' AS entity
RETURN subject, CASE WHEN entity THEN NULL ELSE claim END AS tie, CASE WHEN entity THEN NULL ELSE object END AS object,
  CASE WHEN entity THEN object ELSE named END AS source, claim.rank_reason AS rank_reason, claim.source_line AS line
ORDER BY subject.id, object.id, claim.id
LIMIT $most
