// The occasions that agreements promise to keep.
MATCH (a:Agreement)-[:ABOUT {as: 'occasion'}]->(t:Topic)
RETURN t, collect(DISTINCT a) AS agreements
ORDER BY t.id
