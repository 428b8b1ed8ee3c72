// One batch of entities that can be duplicates, with where each lies and what it belongs to. The parties of an
// agreement stand for its hosts: with other parties it is another agreement.
MATCH (e:Entity)
WHERE e.id > $after AND any(label IN labels(e) WHERE label IN $labels)
WITH e
ORDER BY e.id
LIMIT $rows
RETURN e AS entity,
  coalesce(
    e.iso_country,
    head([(e)-[:WITHIN|BASED_IN|SERVES|HELD_IN]->(p:Place) WHERE p.iso_country IS NOT NULL | p.iso_country])
  ) AS country,
  [(e)-[:WITHIN|BASED_IN|SERVES|HELD_IN]->(p:Place) WHERE NOT p:Country | [p.id, p.name_fa, p.name_en]] AS places,
  [(e:Institution)-[:PART_OF]->(h:Institution) | [h.id, h.name_fa, h.name_en]]
    + [(h:Entity)-[:PARTY_TO]->(e:Agreement) | [h.id, h.name_fa, h.name_en]] AS hosts
ORDER BY e.id
