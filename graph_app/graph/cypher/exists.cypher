// Which of these entities there are.
MATCH (e:Entity)
WHERE e.id IN $ids
RETURN e.id AS id
