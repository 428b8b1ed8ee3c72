// Two countries to start from: those that the most sister-city ties join, among the first so many.
MATCH (x:City)-[:TWINNED_WITH]->(y:City)
WHERE x.iso_country <> y.iso_country
WITH x.iso_country AS one, y.iso_country AS other
LIMIT 20000
WITH CASE WHEN one < other THEN [one, other] ELSE [other, one] END AS codes, count(*) AS ties
ORDER BY ties DESC, codes
LIMIT 1
MATCH (a:Entity:Country {iso_country: codes[0]}), (b:Entity:Country {iso_country: codes[1]})
RETURN a, b
LIMIT 1
