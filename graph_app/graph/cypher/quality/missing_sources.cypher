// Sources that ties name and that are not in the graph, with how many ties name them.
MATCH (:Entity)-[tie]->(:Entity)
WHERE tie.source IS NOT NULL
WITH tie.source AS value, count(*) AS count
WHERE NOT EXISTS { (s:Entity {id: value}) WHERE s:Source }
RETURN value, count
ORDER BY count DESC, value
LIMIT $most
