// Entities that no source speaks of.
MATCH (subject:Entity)
WHERE NOT EXISTS { (subject)-[:EVIDENCED_BY]->() }
RETURN subject
ORDER BY subject.id
LIMIT $most
