// The periods that are stored.
MATCH (:Agreement)-[r:HAD_STATUS]->(:Status)
RETURN r.id AS id, properties(r) AS properties
