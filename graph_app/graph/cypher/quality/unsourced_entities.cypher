// Entities that no source speaks of; of those that are deprecated some source does.
MATCH (subject:Entity)
WHERE coalesce(subject.rank, '') <> 'deprecated' AND NOT EXISTS { (subject)-[:EVIDENCED_BY]->() }
RETURN subject
ORDER BY subject.id
LIMIT $most
