// Which of these entities no source speaks of; of those that are deprecated some source does.
MATCH (e:Entity)
WHERE e.id IN $ids
  AND coalesce(e.rank, '') <> 'deprecated'
  AND NOT EXISTS { (e)-[:EVIDENCED_BY]->() }
RETURN e.id AS id
