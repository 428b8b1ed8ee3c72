// What ties of one type that are marked tie, and which source claims them. TYPE is put in from the vocabulary.
MATCH (a)-[r:TYPE]->(b)
WHERE r.secrecy IS NOT NULL
UNWIND [a.id, b.id, r.source] AS id
WITH DISTINCT id
WHERE id IS NOT NULL
RETURN id
