// Which of these entities have a label.
MATCH (e:Entity)
WHERE e.id IN $ids AND $label IN labels(e)
RETURN e.id AS id
