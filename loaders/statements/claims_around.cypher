// The claims that end at these entities: all ties but what is derived and the evidence of the entities themselves.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r]-(:Entity)
WHERE NOT type(r) IN $derived
  AND NOT ((type(r) = 'EVIDENCED_BY' OR type(r) = 'SET_ASIDE' AND r.type = 'EVIDENCED_BY') AND r.evidence_kind IS NULL)
WITH DISTINCT r
RETURN CASE type(r) WHEN 'SET_ASIDE' THEN r.type ELSE type(r) END AS type, startNode(r).id AS start, endNode(r).id AS end, properties(r) AS properties
ORDER BY type, properties.id
