// Neighbours of any of these entities that are not shown yet: those of the most of them first, then the best connected.
MATCH (e:Entity)-[r]-(n:Entity)
WHERE e.id IN $ids AND type(r) IN $types AND NOT n.id IN $ids AND NOT n.id IN $shown
WITH n, count(DISTINCT e) AS tied
ORDER BY tied DESC, coalesce(n.is_group, FALSE), COUNT { (n)--() } - COUNT { (n)-[:HAD_STATUS|SET_ASIDE]-() } DESC, n.id
WITH collect(n.id) AS ids
RETURN ids[..$limit] AS ids, size(ids) AS count
