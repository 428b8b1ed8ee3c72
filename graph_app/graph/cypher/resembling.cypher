// Entities for a text that few names fit: each way of asking names its index, its full-text query and how it found.
// Of those found by a part of the text only, the places and institutions to which they belong are given too.
UNWIND $ways AS way
CALL db.index.fulltext.queryNodes(way.index, way.text, {limit: way.limit})
YIELD node
WHERE $labels = [] OR any(label IN $labels WHERE label IN labels(node))
WITH node, collect(DISTINCT way.how) AS how
RETURN node, COUNT { (node)--() } - COUNT { (node)-[:EVIDENCED_BY|SET_ASIDE|HAD_STATUS]-() } AS ties,
  head(COLLECT {
    MATCH (node)-[r:WITHIN|BASED_IN|SERVES|POST_FOR|HELD_IN]->(place:Place)
    RETURN place
    ORDER BY CASE type(r) WHEN 'WITHIN' THEN 0 WHEN 'BASED_IN' THEN 1 ELSE 2 END, place:Country, type(r), place.id
    LIMIT 1
  }) AS place, how,
  CASE
    WHEN 'part' IN how
      THEN COLLECT {
        MATCH (node)-[:WITHIN|BASED_IN|SERVES|PART_OF|POST_AT|POST_FOR|HELD_IN*1..3]->(near:Entity)
        RETURN DISTINCT near {.name_fa, .name_en, .search}
        LIMIT 12
        UNION
        MATCH (node)<-[:APPOINTS]-()-[:TO_POST]->()-[:POST_AT|POST_FOR]->(near:Entity)
        RETURN DISTINCT near {.name_fa, .name_en, .search}
        LIMIT 12
      }
    ELSE []
  END AS near
