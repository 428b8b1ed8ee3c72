// What entities are about, and which sources speak of them; a mere mention does not count.
MATCH (e:Entity)
WHERE e.id IN $ids
RETURN e.id AS id,
  [(e)-[t:ABOUT]->(o:Topic) WHERE coalesce(t.rank, '') <> 'deprecated' | o.id] AS topics,
  [(e)-[c:EVIDENCED_BY]->(s:Source) WHERE c.evidence_kind IS NULL | s.id] AS sources
ORDER BY id
