// The sister-city ties that were derived before, of these agreements or of all.
MATCH (a:Place)-[r:TWINNED_WITH]->(b:Place)
WHERE $ids IS NULL OR r.agreement IN $ids
RETURN r.id AS id, properties(r) AS properties
