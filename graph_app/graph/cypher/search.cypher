// Entities whose names fit: by words (full text) and, from three letters on, by letters without spaces. Of each the
// best connected are kept, and of the words the best scored too: a beginning scores the same for all that share it.
CALL () {
  CALL db.index.fulltext.queryNodes('names', $lucene, {limit: $candidates})
  YIELD node
  RETURN node
  UNION
  CALL db.index.fulltext.queryNodes('names', $lucene, {limit: $looked_at})
  YIELD node
  WITH node
  ORDER BY COUNT { (node)--() } DESC, node.id
  LIMIT $candidates
  RETURN node
  UNION
  MATCH (node:Entity)
  WHERE $squashed <> '' AND node.squashed CONTAINS $squashed
  WITH node
  LIMIT $looked_at
  WITH node
  ORDER BY COUNT { (node)--() } DESC, node.id
  LIMIT $candidates
  RETURN node
}
RETURN node, COUNT { (node)--() } - COUNT { (node)-[:EVIDENCED_BY|HAD_STATUS]-() } AS degree
