// What is marked as confidential.
MATCH (e:Entity)
WHERE e.secrecy IS NOT NULL
RETURN e.id AS id, e.secrecy AS secrecy
