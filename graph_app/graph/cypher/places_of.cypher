// The place in which each entity lies, is based, serves, is a post for, or was held: the nearest, not the country.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:WITHIN|BASED_IN|SERVES|POST_FOR|HELD_IN]->(place:Place)
WHERE coalesce(r.rank, '') <> 'deprecated'
WITH id, place, r
ORDER BY CASE type(r) WHEN 'WITHIN' THEN 0 WHEN 'BASED_IN' THEN 1 ELSE 2 END,
  coalesce(r.rank, '') <> 'preferred', place:Country, type(r), place.id
RETURN id, head(collect(place)) AS place
