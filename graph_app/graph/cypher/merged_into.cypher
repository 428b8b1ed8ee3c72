// Into which entities these were merged, as the claims tell that came along.
UNWIND $ids AS id
CALL (id) {
  MATCH (e:Entity)-[:EVIDENCED_BY {merged_from: id}]->()
  RETURN e.id AS kept
  UNION
  MATCH (e:Entity)-[:SET_ASIDE {merged_from: id}]->()
  RETURN e.id AS kept
}
RETURN id, kept
