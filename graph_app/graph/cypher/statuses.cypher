// How many agreements are in each status on a day.
MATCH (a:Agreement)
OPTIONAL MATCH (a)-[h:HAD_STATUS]->(s:Status)
WHERE h.from <= $as_of <= h.to
RETURN coalesce(s.id, 'none') AS status, count(a) AS count
ORDER BY count DESC, status
