// The ties between pairs of entities that may be followed, each with its source; a derived one with those of its agreement.
UNWIND $pairs AS pair
MATCH (a:Entity {id: pair[0]})-[r]-(b:Entity {id: pair[1]})
WHERE type(r) IN $types
  AND coalesce(r.certainty, 'reported') IN $certainties
  AND ($day IS NULL OR (
    coalesce(r.valid_from_earliest, $day) <= $day
    AND coalesce(r.valid_to_latest, $day) >= $day
    AND NOT EXISTS {
      MATCH (:Entity {id: r.agreement})-[h:HAD_STATUS]->(s:Status)
      WHERE h.from <= $day <= h.to AND s.id IN $over
    }
  ))
OPTIONAL MATCH (source:Entity:Source {id: r.source})
OPTIONAL MATCH (:Entity {id: CASE WHEN type(r) IN $derived THEN r.agreement END})-[e:EVIDENCED_BY]->(behind:Source)
WHERE e.evidence_kind IS NULL
RETURN a, b, r, coalesce(e, r) AS claim, coalesce(behind, source) AS source
