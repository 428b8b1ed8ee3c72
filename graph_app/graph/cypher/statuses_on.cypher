// The status of these agreements on a day. Every question looks it up like this: the period that the day lies in.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[h:HAD_STATUS]->(s:Status)
WHERE h.from <= $as_of <= h.to
RETURN id, s.id AS status, h.candidates AS candidates
