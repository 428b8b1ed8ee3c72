// The provinces that the graph knows, with the country that each lies in.
MATCH (p:Province)-[:WITHIN]->(c:Country)
RETURN c, collect(DISTINCT p) AS provinces
ORDER BY size(provinces) DESC, c.id
