// Which load is at work, and how many there were.
OPTIONAL MATCH (s:Sync)
RETURN s.running AS running, coalesce(s.serial, 0) AS serial
LIMIT 1
