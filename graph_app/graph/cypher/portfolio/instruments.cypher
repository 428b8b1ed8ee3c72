// The first agreements by id as they stand on a day, with the ids of what it is tied to: parties by role, umbrella, portfolio, subjects, where it applies, its sources.
MATCH (a:Entity)
WHERE a.id STARTS WITH 'agreement:' AND a:Agreement AND coalesce(a.rank, '') <> 'deprecated'
WITH a
ORDER BY a.id
LIMIT $most
OPTIONAL MATCH (a)-[h:HAD_STATUS]->(s:Status)
WHERE h.from <= $as_of <= h.to
WITH a, head(collect(h {.*, status: s.id})) AS h
RETURN a, h.status AS status, h.candidates AS candidates, h.flags AS flags, h.disposition AS disposition,
  h.implementation AS implementation, h.next_end AS next_end, h.last_evidence AS last_evidence,
  [(a)<-[p:PARTY_TO]-(e:Entity) WHERE coalesce(p.rank, '') <> 'deprecated' | [p.role, e.id]] AS parties,
  [(a)-[:UNDER_UMBRELLA]->(u:Agreement) | u.id] AS umbrellas,
  [(a)-[:PART_OF]->(p:Agreement) | p.id] AS portfolios,
  [(a)-[:SUCCEEDS]->(p:Agreement) | p.id] AS predecessors,
  [(a)-[t:ABOUT]->(o:Topic) WHERE coalesce(t.rank, '') <> 'deprecated' | o.id] AS topics,
  [(a)-[:APPLIES_IN]->(p:Place) | p.id] AS territories,
  [(a)-[c:EVIDENCED_BY]->(s:Source) WHERE c.evidence_kind IS NULL | s.id] AS sources,
  [(a)-[c:EVIDENCED_BY]->(s:Source) WHERE c.evidence_kind IS NULL | coalesce(s.fictional, false)] AS fictions
ORDER BY a.id
