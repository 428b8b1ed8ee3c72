// The sister-city ties that were derived before.
MATCH (a:Place)-[r:TWINNED_WITH]->(b:Place)
RETURN r.id AS id, properties(r) AS properties
