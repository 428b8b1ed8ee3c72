// The place in which each entity lies, is based, serves, is a post for, or was held.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:WITHIN|BASED_IN|SERVES|POST_FOR|HELD_IN]->(place:Place)
WITH id, place, r
ORDER BY place:Country, type(r) DESC, place.id
RETURN id, head(collect(place)) AS place
