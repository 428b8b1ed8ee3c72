// title: {en: What a source says in order of its lines, fa: گفته‌های یک منبع به ترتیب سطر}
// about:
//   en: Entities and ties that the source speaks of, line by line, with the words it uses.
//   fa: موجودیت‌ها و پیوندهایی که منبع از آن‌ها سخن می‌گوید، سطر به سطر، با عین عبارت.
// params:
//   source: {type: entity, of: [Source], label: {en: Source, fa: منبع}}
// view: table
// limits: {rows: 1000, seconds: 10}
// tags: [evidence]
// columns:
//   subject: {en: Who or what, fa: چه کسی یا چه چیزی}
//   tie: {en: Tie, fa: پیوند}
//   object: {en: To, fa: به}
// example: {source: "source:src-004-icro"}
CALL () {
  MATCH (subject:Entity)-[claim:EVIDENCED_BY]->(:Entity {id: $source})
  WHERE claim.evidence_kind IS NULL
  RETURN subject, claim, NULL AS tie, NULL AS object
  UNION ALL
  MATCH (:Entity {id: $source})<-[:EVIDENCED_BY]-(subject:Entity)
  WITH DISTINCT subject
  MATCH (subject)-[claim:!EVIDENCED_BY&!SET_ASIDE&!HAD_STATUS]->(object:Entity)
  WHERE claim.source = $source
  RETURN subject, claim, claim AS tie, object
  UNION ALL
  MATCH (:Entity {id: $source})<-[:EVIDENCED_BY]-(object:Entity)
  WITH DISTINCT object
  MATCH (object)<-[claim:!EVIDENCED_BY&!SET_ASIDE&!HAD_STATUS]-(subject:Entity)
  WHERE claim.source = $source
    AND NOT EXISTS { (subject)-[:EVIDENCED_BY]->(:Entity {id: $source}) }
  RETURN subject, claim, claim AS tie, object
}
RETURN claim.source_line AS source_line, subject, tie, object, claim.quote AS quote, claim.certainty AS certainty
ORDER BY source_line, tie IS NOT NULL, subject.id, object.id
