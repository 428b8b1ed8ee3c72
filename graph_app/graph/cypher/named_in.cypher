// Names of the entities that words of a text may name: of each part of the text, those that fit its words best.
UNWIND $parts AS words
CALL (words) {
  CALL db.index.fulltext.queryNodes('names', words, {limit: $most})
  YIELD node
  WHERE none(label IN $without WHERE label IN labels(node))
  RETURN node
}
WITH DISTINCT node
RETURN node.id AS id, node.squashed AS keys
