// Sources that ties name and that are not in the graph, with how many ties name them. TYPE is put in, once per type.
CALL () {
  MATCH ()-[tie:TYPE]->()
  WHERE tie.source IS NOT NULL
  RETURN tie.source AS value, count(*) AS ties
}
WITH value, sum(ties) AS count
WHERE NOT EXISTS { (s:Entity {id: value}) WHERE s:Source }
RETURN value, count
ORDER BY count DESC, value
LIMIT $most
