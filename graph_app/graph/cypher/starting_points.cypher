// A few well connected entities of different kinds to start from; nothing fictional among the best connected.
CALL () {
  MATCH (e:City)
  RETURN e, COUNT { (e)-[:TWINNED_WITH]-() } AS ties
  ORDER BY ties DESC, e.id
  LIMIT 2
  UNION
  MATCH (e:City)
  WITH e, COUNT { (e)<-[:HELD_IN|WITHIN|SERVES|POST_FOR]-() } AS ties
  WHERE ties > 0
  RETURN e, ties
  ORDER BY ties DESC, e.id
  LIMIT 1
  UNION
  MATCH (e:Agreement)
  WITH e, COUNT { (e)--() } - COUNT { (e)-[:HAD_STATUS|SET_ASIDE]-() } AS ties
  ORDER BY ties DESC, e.id
  LIMIT 1000
  WITH e, ties
  WHERE NOT coalesce(e.is_group, FALSE) AND NOT EXISTS { MATCH (e)-[:EVIDENCED_BY]->(s:Source) WHERE s.fictional }
  RETURN e, ties
  ORDER BY ties DESC, e.id
  LIMIT 2
  UNION
  MATCH (e:Person)
  WITH e, COUNT { (e)--() } AS ties
  ORDER BY ties DESC, e.id
  LIMIT 1000
  WITH e, ties
  WHERE NOT EXISTS { MATCH (e)-[:EVIDENCED_BY]->(s:Source) WHERE s.fictional }
  RETURN e, ties
  ORDER BY ties DESC, e.id
  LIMIT 2
}
RETURN DISTINCT e
