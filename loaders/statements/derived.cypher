// The sister-city ties that were derived before.
MATCH (a:City)-[r:TWINNED_WITH]->(b:City)
RETURN r.id AS id, properties(r) AS properties
