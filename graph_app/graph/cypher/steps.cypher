// Where one step leads from these entities, along ties that may be followed; to some only, unless $within is null.
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r]-(b:Entity)
WHERE a <> b
  AND ($within IS NULL OR b.id IN $within)
  AND (NOT b:Statement OR b.id IN $ends)
  AND type(r) IN $types
  AND coalesce(r.certainty, 'reported') IN $certainties
  AND ($day IS NULL OR (
    coalesce(r.valid_from_earliest, $day) <= $day
    AND coalesce(r.valid_to_latest, $day) >= $day
    AND coalesce(b.valid_from_earliest, $day) <= $day
    AND coalesce(b.valid_to_latest, $day) >= $day
    AND NOT (b:Event AND coalesce(b.date_earliest, $day) > $day)
    AND NOT EXISTS {
      MATCH (:Entity {id: CASE WHEN b:Agreement THEN b.id ELSE r.agreement END})-[h:HAD_STATUS]->(s:Status)
      WHERE h.from <= $day <= h.to AND s.id IN $over
    }
  ))
WITH id, r, b
LIMIT $most
WITH id, b, collect(DISTINCT coalesce(r.certainty, 'reported')) AS certainties, count(r) AS looked
RETURN id, b.id AS other, certainties, looked, coalesce(b.is_group, FALSE) AS grouped,
  COUNT { (b)--() } - COUNT { (b)-[:EVIDENCED_BY|HAD_STATUS|SET_ASIDE]-() } AS ties
