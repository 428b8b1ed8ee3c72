// The days of these agreements: each stored period but those in which nothing is recorded.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[h:HAD_STATUS]->(s:Status)
WHERE s.id <> 'none'
RETURN id, h.from AS first, h.to AS last, s.id AS status
ORDER BY id, first
