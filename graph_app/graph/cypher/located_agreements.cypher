// Agreements by id with where their parties lie: a party that is a place itself, else the seat, else the area that it
// serves. They come in the order of the index, so that the first of very many are there at once.
MATCH (g:Entity)
WHERE g.id STARTS WITH 'agreement:' AND g:Agreement AND coalesce(g.rank, '') <> 'deprecated'
WITH g
ORDER BY g.id
CALL (g) {
  MATCH (g)<-[p:PARTY_TO]-(party:Entity)
  WHERE p.role IN $roles AND coalesce(p.rank, '') <> 'deprecated'
  WITH p.role AS role,
    CASE
      WHEN party:Place THEN party
      ELSE coalesce(
        head([(party)-[:BASED_IN]->(seat:Place) | seat]),
        head([(party)-[:SERVES]->(area:Place) | area])
      )
    END AS place
  WHERE place IS NOT NULL
  RETURN collect(DISTINCT [role, place.id]) AS sides
}
WITH g, sides
WHERE size(sides) > 1
RETURN g.id AS id, g.name_fa AS name_fa, g.name_en AS name_en, g.kind AS kind,
  coalesce(g.signed_on_written, '') AS signed_on, sides,
  [(g)-[h:HAD_STATUS]->(s:Status) WHERE s.id <> 'none' | [toString(h.from), toString(h.to), s.id]] AS periods
ORDER BY g.id
