// The periods that are stored, of these agreements or of all.
MATCH (a:Agreement)-[r:HAD_STATUS]->(:Status)
WHERE $ids IS NULL OR a.id IN $ids
RETURN r.id AS id, properties(r) AS properties
