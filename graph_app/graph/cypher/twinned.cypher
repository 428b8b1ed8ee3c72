// Which places are tied as sister cities, planned links included, with the country of each: those up to three steps
// from a city, then the first by id. The index gives them in this order, so that the rest is not looked at.
CALL () {
  MATCH (:Entity {id: $city})-[:TWINNED_WITH]-{0,2}(x:Place)
  WITH DISTINCT x
  LIMIT 2000
  MATCH (x)-[t:TWINNED_WITH]-(:Place)
  WITH DISTINCT t
  LIMIT $most
  RETURN startNode(t) AS one, endNode(t) AS other
  UNION
  MATCH (one:Entity)
  WHERE one.id STARTS WITH 'place:'
  MATCH (one)-[:TWINNED_WITH]->(other:Place)
  WITH one, other
  ORDER BY one.id
  LIMIT $most
  RETURN one, other
}
RETURN DISTINCT one.id AS a, one.iso_country AS country_a, other.id AS b, other.iso_country AS country_b
