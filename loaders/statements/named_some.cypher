// Some entities that can be duplicates, with where each lies and what it belongs to, as in named_entities.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE any(label IN labels(e) WHERE label IN $labels)
RETURN e AS entity,
  coalesce(
    e.iso_country,
    head([(e)-[:WITHIN|BASED_IN|SERVES|HELD_IN]->(p:Place) WHERE p.iso_country IS NOT NULL | p.iso_country])
  ) AS country,
  [(e)-[:WITHIN|BASED_IN|SERVES|HELD_IN]->(p:Place) WHERE NOT p:Country | [p.id, p.name_fa, p.name_en]] AS places,
  [(e:Institution)-[:PART_OF]->(h:Institution) | [h.id, h.name_fa, h.name_en]]
    + [(h:Entity)-[:PARTY_TO]->(e:Agreement) | [h.id, h.name_fa, h.name_en]] AS hosts
ORDER BY e.id
