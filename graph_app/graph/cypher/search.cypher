// Entities whose names fit: by words (full text), by all letters without spaces, and, if those are not enough, by letters
// from three on anywhere: of the whole text, or of each of its words, because a name may part what was typed as one word.
// Of the words the best scored and the best connected are kept: a beginning scores the same for all that share it. With
// each comes the place in which it lies, is based, serves, is a post for, or was held: the nearest, not the country.
CALL () {
  CALL db.index.fulltext.queryNodes('names', $lucene, {limit: $looked_at})
  YIELD node
  WHERE $labels = [] OR any(label IN $labels WHERE label IN labels(node))
  RETURN collect(node) AS fitting
}
WITH fitting, size([one IN fitting[..$candidates] WHERE any(label IN $ranked WHERE label IN labels(one))]) >= $enough
  AS enough
CALL (fitting, enough) {
  UNWIND fitting[..$candidates] AS node
  RETURN node
  UNION
  UNWIND fitting AS node
  WITH node
  ORDER BY COUNT { (node)--() } DESC
  LIMIT $candidates
  RETURN node
  UNION
  UNWIND CASE $squashed WHEN '' THEN [] ELSE [$squashed] END AS letters
  MATCH (node:Entity)
  WHERE node.squashed = toString(letters) // without its type the index is not used
    AND ($labels = [] OR any(label IN $labels WHERE label IN labels(node)))
  RETURN node
  LIMIT $candidates
  UNION
  UNWIND CASE WHEN $squashed = '' OR enough THEN [] ELSE [$squashed] END AS letters // none would scan it
  MATCH (node:Entity)
  WHERE node.squashed CONTAINS letters AND ($labels = [] OR any(label IN $labels WHERE label IN labels(node)))
  WITH node
  LIMIT $infixed
  WITH node
  ORDER BY COUNT { (node)--() } DESC
  LIMIT $candidates
  RETURN node
  UNION
  UNWIND CASE WHEN enough THEN [] ELSE $apart[..1] END AS longest
  MATCH (node:Entity)
  WHERE node.squashed CONTAINS longest
  WITH node
  LIMIT $looked_at
  WHERE all(word IN $apart WHERE node.squashed CONTAINS word)
    AND ($labels = [] OR any(label IN $labels WHERE label IN labels(node)))
  WITH node
  ORDER BY COUNT { (node)--() } DESC
  LIMIT $candidates
  RETURN node
}
RETURN node, COUNT { (node)--() } - COUNT { (node)-[:EVIDENCED_BY|SET_ASIDE|HAD_STATUS]-() } AS ties,
  head(COLLECT {
    MATCH (node)-[r:WITHIN|BASED_IN|SERVES|POST_FOR|HELD_IN]->(place:Place)
    RETURN place
    ORDER BY CASE type(r) WHEN 'WITHIN' THEN 0 WHEN 'BASED_IN' THEN 1 ELSE 2 END, place:Country, type(r), place.id
    LIMIT 1
  }) AS place
