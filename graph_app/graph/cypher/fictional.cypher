// The sources that call themselves fictional.
MATCH (s:Source)
WHERE s.fictional
RETURN s.id AS id
ORDER BY id
