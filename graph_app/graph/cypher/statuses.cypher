// How many agreements are in each status.
MATCH (a:Agreement)
RETURN a.status AS status, count(a) AS count
ORDER BY count DESC
