// What sources claim to have counted, with what it is about, and how many bodies of one kind or tenures of a post are recorded one by one.
MATCH (m:Metric)-[t:MEASURES]->(scope:Entity)
WHERE coalesce(m.rank, '') <> 'deprecated'
WITH DISTINCT m, scope
RETURN m, scope,
  CASE
    WHEN scope:Body THEN COUNT { MATCH (b:Body {kind: scope.kind}) WHERE NOT coalesce(b.is_group, FALSE) }
    WHEN scope:Post THEN COUNT { (:Appointment)-[:TO_POST]->(scope) }
  END AS recorded,
  COLLECT { MATCH (m)-[:EVIDENCED_BY]->(s:Source) RETURN DISTINCT s ORDER BY s.id } AS sources
ORDER BY scope.id, m.id
