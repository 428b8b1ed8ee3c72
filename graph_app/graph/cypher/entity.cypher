// One entity with what each source says of it.
MATCH (e:Entity {id: $id})
OPTIONAL MATCH (e)-[claim:EVIDENCED_BY]->(source:Source)
RETURN e, claim, source
ORDER BY coalesce(claim.rank, '') = 'deprecated', coalesce(claim.rank, '') <> 'preferred', claim.reported_on DESC,
  source.id, claim.source_line
