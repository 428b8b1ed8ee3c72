// Entities that have one of some labels, those with most ties first.
MATCH (e:Entity)
WHERE any(label IN labels(e) WHERE label IN $labels)
RETURN e.id AS id, e.name_fa AS name_fa, e.name_en AS name_en, labels(e) AS labels, COUNT { (e)--() } AS ties
ORDER BY ties DESC, id
