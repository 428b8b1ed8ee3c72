// How many sources speak of each of these entities, and of which none does; of those that are deprecated some source does.
MATCH (e:Entity)
WHERE e.id IN $ids
RETURN
  e.id AS id,
  COUNT { MATCH (e)-[claim:EVIDENCED_BY]->(s:Source) WHERE claim.evidence_kind IS NULL RETURN DISTINCT s } AS sources,
  coalesce(e.rank, '') <> 'deprecated' AND NOT EXISTS { (e)-[:EVIDENCED_BY]->() } AS bare
