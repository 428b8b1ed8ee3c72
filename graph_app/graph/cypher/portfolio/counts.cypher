// How many agreements have which status and flags on a day; on request without those of which nothing but sources that call themselves fictional speaks.
MATCH (a:Entity:Agreement)
WHERE coalesce(a.rank, '') <> 'deprecated'
  AND (NOT $recorded OR NOT EXISTS { MATCH (a)-[c:EVIDENCED_BY]->(s:Source) WHERE c.evidence_kind IS NULL AND s.fictional }
    OR EXISTS { MATCH (a)-[c:EVIDENCED_BY]->(s:Source) WHERE c.evidence_kind IS NULL AND NOT coalesce(s.fictional, FALSE) })
OPTIONAL MATCH (a)-[h:HAD_STATUS]->(s:Status)
WHERE h.from <= $as_of <= h.to
WITH a, head(collect([s.id, h.flags])) AS standing
RETURN coalesce(standing[0], 'none') AS status, coalesce(standing[1], []) AS flags, count(*) AS agreements
