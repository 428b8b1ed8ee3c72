// Which cities, or territories in the place of one, each of these sister-city agreements or plans joins, or any: party with party, and
// initiator with prospective counterpart.
MATCH (a:Place)-[p:PARTY_TO]->(g:Agreement)<-[q:PARTY_TO]-(b:Place)
WHERE ($ids IS NULL OR g.id IN $ids)
  AND g.kind IN ['sister_city', 'sister_city_plan']
  AND NOT coalesce(g.is_group, FALSE)
  AND coalesce(g.rank, '') <> 'deprecated'
  AND ((p.role = 'party' AND q.role = 'party' AND a.id < b.id)
    OR (p.role = 'initiator' AND q.role = 'prospective_counterpart'))
RETURN DISTINCT a.id AS start, b.id AS end, g.id AS agreement,
  g.signed_on_earliest AS signed_on_earliest, g.signed_on_latest AS signed_on_latest
ORDER BY start, end, agreement
