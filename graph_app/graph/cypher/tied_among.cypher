// Which of some entities are tied, each pair once for each way; of a day only by what has begun and has not ended.
MATCH (a:Entity)
WHERE a.id IN $ids
MATCH (a)-[r]->(b:Entity)
WHERE type(r) IN $types AND b.id IN $ids
  AND ($day IS NULL OR coalesce(r.valid_from_earliest <= $day, true)
    AND coalesce(r.date_earliest <= $day, true) AND coalesce(r.valid_to_latest >= $day, true))
RETURN a.id AS id, collect(DISTINCT b.id) AS others
