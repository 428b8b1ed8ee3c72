// Entities that have one of some labels, those with most ties first; of a day only what has begun and has not ended.
MATCH (e:Entity)
WHERE any(label IN labels(e) WHERE label IN $labels)
  AND ($day IS NULL OR coalesce(e.valid_from_earliest <= $day, true)
    AND coalesce(e.date_earliest <= $day, true) AND coalesce(e.valid_to_latest >= $day, true))
RETURN e.id AS id, e.name_fa AS name_fa, e.name_en AS name_en, labels(e) AS labels, COUNT { (e)--() } AS ties
ORDER BY ties DESC, id
