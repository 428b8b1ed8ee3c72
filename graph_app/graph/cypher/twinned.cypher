// Which places are tied as sister cities, planned links included, with the country of each.
MATCH (a:Place)-[:TWINNED_WITH]->(b:Place)
RETURN DISTINCT a.id AS a, a.iso_country AS country_a, b.id AS b, b.iso_country AS country_b
ORDER BY a, b
