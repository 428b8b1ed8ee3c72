// Entities that several of these are tied to, each with the ties; those tied to the most of them first.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r]-(n:Entity)
WHERE type(r) IN $types
  AND NOT n.id IN $ids
  AND NOT n:Statement
  AND ($groups OR NOT coalesce(n.is_group, FALSE))
WITH n, count(DISTINCT e) AS tied
WHERE tied >= $least
ORDER BY tied DESC, COUNT { (n)--() }, n.id
LIMIT $most
MATCH (n)-[r]-(e:Entity)
WHERE e.id IN $ids AND type(r) IN $types
RETURN n, tied, collect(r) AS ties, collect(DISTINCT e) AS ends
ORDER BY tied DESC, COUNT { (n)--() }, n.id
