// The newest load.
MATCH (l:Load)
RETURN l {.*} AS load
ORDER BY l.at DESC
LIMIT 1
