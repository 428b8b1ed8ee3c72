// Entities whose names fit: by words (full text) and, from three letters on, by letters without spaces.
CALL () {
  CALL db.index.fulltext.queryNodes('names', $lucene, {limit: $candidates})
  YIELD node
  RETURN node
  UNION
  MATCH (node:Entity)
  WHERE $squashed <> '' AND node.squashed CONTAINS $squashed
  RETURN node
  LIMIT $candidates
}
RETURN node, COUNT { (node)--() } AS degree
