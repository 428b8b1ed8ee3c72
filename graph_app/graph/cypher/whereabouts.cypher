// Where entities are: their own place, else their seat, else the area that they serve, else that of what they belong to.
MATCH (e:Entity)
WHERE e.id IN $ids
WITH e,
  CASE WHEN e:Place THEN [e] ELSE [(e)-[:BASED_IN|HELD_IN]->(p:Place) | p] END AS seats,
  [(e)-[:SERVES|POST_FOR]->(p:Place) | p] AS areas,
  [(e)-[:PART_OF|POST_AT]->(:Entity)-[:BASED_IN|SERVES]->(p:Place) | p]
  + [(e)-[:PART_OF|POST_AT]->(p:Place) | p]
  + [(e)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(:Entity)-[:BASED_IN|SERVES]->(p:Place) | p]
  + [(e)-[:TO_POST]->(:Post)-[:POST_AT]->(:Entity)-[:BASED_IN|SERVES]->(p:Place) | p] AS wholes,
  [(e)<-[:PARTY_TO]-(p:Place) | p]
  + [(e)<-[:PARTY_TO]-(:Institution)-[:BASED_IN|SERVES]->(p:Place) | p] AS parties
WITH e, parties,
  CASE WHEN size(seats) > 0 THEN seats WHEN size(areas) > 0 THEN areas ELSE wholes END AS places
UNWIND CASE WHEN size(places) + size(parties) = 0 THEN [null] ELSE places + parties END AS place
WITH e, place, place IN places AS own
ORDER BY e.id, place.id
WITH e, collect(DISTINCT place.iso_country) AS countries,
  collect(DISTINCT CASE WHEN own THEN place.position END) AS positions
RETURN e.id AS id,
  CASE WHEN e.iso_country IS NULL THEN countries ELSE [e.iso_country] END AS countries,
  head(positions) AS position
ORDER BY id
